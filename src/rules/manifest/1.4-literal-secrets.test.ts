import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ConfigObjectFacts } from "../../contract/config-object-facts.ts";
import type { WorkloadSecretFacts } from "../../contract/workload-facts.ts";
import { secretKind } from "../image/secret-kinds.ts";
import { literalSecrets } from "./1.4-literal-secrets.ts";

const PASSWORD: WorkloadSecretFacts = {
  path: "spec.template.spec.containers[0].env[1].value",
  name: "DB_PASSWORD",
  kind: "named-secret",
  masked: "h7Gk…(20)",
  id: "0123456789abcdef",
  confidence: "likely",
};

function check(...secrets: readonly Partial<WorkloadSecretFacts>[]) {
  const facts = { secrets: secrets.map((secret) => ({ ...PASSWORD, ...secret })) };
  return literalSecrets.check({ workload: workloadFacts({ facts }) });
}

test("a literal secret fails, named by its variable and container, its value masked", () => {
  expect(check({})).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          fr: "secret en clair dans DB_PASSWORD : h7Gk…(20)",
          en: "secret in plain text in DB_PASSWORD: h7Gk…(20)",
        },
        container: "web",
        fingerprint: "1.4-literal-secrets:portal/Deployment/web:named-secret:0123456789abcdef",
        at: { file: "web.yaml", path: PASSWORD.path },
      },
    ],
  });
});

test("one of an annotation belongs to no container", () => {
  const outcome = check({ path: "metadata.annotations.token", name: "token" });
  expect(outcome.status === "fail" && outcome.findings[0].container).toBeUndefined();
});

test.each([
  ["a flag with its value", ["--db-password=h7Gk…(20)"], 0, "--db-password"],
  ["a flag before its value", ["serve", "--token", "h7Gk…(20)"], 2, "--token"],
  ["a property", ["-Dspring.datasource.password=h7Gk…(20)"], 0, "-Dspring.datasource.password"],
  ["a variable in a shell's text", ["-c", "export A=1; DB_PASSWORD='h7Gk…(20)' serve"], 1, "DB_PASSWORD"],
  ["a flag in a shell's text", ["-c", 'serve --api-key "h7Gk…(20)" --port 80'], 1, "--api-key"],
  ["a value by itself: the field", ["serve", "h7Gk…(20)"], 1, "args"],
  ["a value within a text: the field", ["--dsn=postgres://u:h7Gk…(20)@db/x"], 0, "args"],
])("a secret of a command is named by %s", (_, args, index, name) => {
  const secret = { ...PASSWORD, name: "args", path: `spec.template.spec.containers[0].args[${index}]` };
  const workload = workloadFacts({ containers: [{ name: "web", args }], facts: { secrets: [secret] } });
  const outcome = literalSecrets.check({ workload });
  expect(outcome).toMatchObject({
    findings: [{ message: { en: `secret in plain text in ${name}: h7Gk…(20)` }, container: "web" }],
  });
  const remedy = outcome.status === "fail" ? outcome.findings[0].remedy?.en : undefined;
  expect(remedy?.startsWith(`Move the value of ${name} into`) ?? false).toBe(name !== "args");
});

test("the remedy is that of its kind, where the kind has one", () => {
  const kind = "next-preview-key";
  const remedy = secretKind(kind).remedy;
  expect(remedy).toBeDefined();
  expect(check({ kind })).toMatchObject({ status: "pass", notes: [{ remedy }] });
});

test("the remedy names the variable", () => {
  expect(check({})).toMatchObject({
    findings: [
      { remedy: { fr: expect.stringContaining("la valeur de DB_PASSWORD dans un Secret") as string } },
    ],
  });
});

describe("what opens nothing for certain is a note", () => {
  test.each(["jwt", "encrypted-private-key", "local-url-password"])("%s", (kind) => {
    expect(check({ kind })).toMatchObject({ status: "pass", notes: [{ container: "web" }] });
    expect(check({ kind }, {})).toMatchObject({ status: "fail", notes: [{}], findings: [{}] });
  });
});

test("a manifest without secrets passes, or has no value that could be one", () => {
  expect(check().status).toBe("n/a");
  const containers = [{ name: "web" }, { name: "proxy", env: [{ name: "A", value: "b" }] }];
  const workload = workloadFacts({ containers, facts: { secrets: [] } });
  expect(literalSecrets.check({ workload }).status).toBe("pass");
});

describe("ConfigMaps and Secrets of the manifests", () => {
  const { path: _path, name: _name, ...value } = PASSWORD;
  const of = (object: Partial<ConfigObjectFacts>) => {
    const one = {
      kind: "Secret",
      name: "db",
      at: { in: "file", file: "db.yaml", document: 0, line: 3 },
      injected: true,
      secrets: [],
      ...object,
    };
    return literalSecrets.check({
      workload: workloadFacts({ facts: { objects: [one as ConfigObjectFacts] } }),
    });
  };
  const secrets = ["a", "b", "c", "d"].map((key) => ({ ...value, key }));

  test("with secrets fail, each by one finding in its file", () => {
    expect(of({ secrets })).toMatchObject({
      status: "fail",
      findings: [
        {
          message: {
            en: expect.stringMatching(
              /^Secret db in plain text among the manifests: a .*, b .*, c .*, and 1 more$/,
            ),
          },
          at: { file: "db.yaml", line: 3 },
        },
      ],
    });
    expect(of({ secrets, at: { in: "api", uid: "7f3c" } })).toMatchObject({
      findings: [{ at: { uid: "7f3c" } }],
    });
    expect(of({ kind: "ConfigMap", injected: false, secrets: secrets.slice(0, 1) })).toMatchObject({
      findings: [{ message: { fr: expect.stringContaining("dans le même répertoire : a (secret") } }],
    });
  });

  test("of every kind have a remedy of their kind", () => {
    const remedy = (kind: string) => {
      const outcome = of({ kind, secrets: secrets.slice(0, 1) });
      return outcome.status === "fail" ? outcome.findings[0].remedy?.en : undefined;
    };
    expect(remedy("StorageClass")).toContain("nodeStageSecretRef");
    expect(remedy("Secret")).toContain("SealedSecret");
    for (const kind of ["HelmRelease", "constructor", "__proto__"]) {
      expect(remedy(kind)).toContain("by a reference to a Secret");
    }
  });

  test("that open nothing for certain are notes; without secrets they are nothing", () => {
    expect(of({ secrets: [{ ...value, key: "a", kind: "jwt" }] })).toMatchObject({
      status: "n/a",
      notes: [{}],
    });
    expect(of({})).toEqual(check());
  });

  test("are told apart by their values", () => {
    const print = (id: string) => {
      const outcome = of({ secrets: [{ ...value, key: "a", id }] });
      return outcome.status === "fail" ? outcome.findings[0].fingerprint : "";
    };
    expect(print("0")).not.toBe(print("1"));
  });
});

test("a variable that is not valid Kubernetes proves nothing", () => {
  const problem = { fr: "non valide", en: "not valid" };
  const path = "spec.template.spec.containers[0].env[0].value";
  const workload = workloadFacts({ facts: { secrets: [], invalid: [{ path, problem }] } });
  expect(literalSecrets.check({ workload })).toMatchObject({ status: "unproven", reason: problem });
});
