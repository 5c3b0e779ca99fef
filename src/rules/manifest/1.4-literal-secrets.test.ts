import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { WorkloadSecretFacts } from "../../contract/workload-facts.ts";
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
          fr: "valeur littérale d'un secret en clair dans DB_PASSWORD : h7Gk…(20)",
          en: "literal value of a secret in plain text in DB_PASSWORD: h7Gk…(20)",
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

test("a variable that is not valid Kubernetes proves nothing", () => {
  const problem = { fr: "non valide", en: "not valid" };
  const path = "spec.template.spec.containers[0].env[0].value";
  const workload = workloadFacts({ facts: { secrets: [], invalid: [{ path, problem }] } });
  expect(literalSecrets.check({ workload })).toMatchObject({ status: "unproven", reason: problem });
});
