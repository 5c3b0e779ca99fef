import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { expect, onTestFinished, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";

interface Printed {
  readonly kind: string;
  readonly spec: {
    readonly validationActions?: readonly string[];
    readonly matchResources?: {
      readonly namespaceSelector: { readonly matchExpressions: readonly object[] };
    };
  };
}

async function printed(...argv: readonly string[]): Promise<readonly Printed[]> {
  const { exit, stdout } = await douane(["policies", ...argv]);
  expect(exit).toBe(0);
  return loadAll(stdout) as Printed[];
}

async function actions(...argv: readonly string[]) {
  const objects = await printed(...argv);
  return objects.flatMap(({ spec: { validationActions } }) => validationActions?.slice(0, 1) ?? []);
}

async function kinds(...argv: readonly string[]): Promise<readonly string[]> {
  return (await printed(...argv)).map(({ kind }) => kind);
}

const VALIDATING = ["pods", "workloads", "cronjobs"].flatMap(() => [
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
]);
const MUTATING = ["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"];

test("prints three validating policies and a mutating one, each followed by its binding", async () => {
  expect(await kinds()).toEqual([...VALIDATING, ...MUTATING]);
  expect(await kinds("--kubernetes", "1.36", "--deny-workloads")).toEqual([...VALIDATING, ...MUTATING]);
});

test.each([["--observe"], ["--without-defaults"], ["--kubernetes=1.35"]])(
  "%s: no pod is changed",
  async (...argv) => {
    expect(await kinds(...argv)).toEqual(VALIDATING);
  },
);

test("says for an older version why no field is added, and only for it", async () => {
  const head = async (...argv: readonly string[]) =>
    (await douane(["policies", ...argv])).stdout.slice(0, 500);
  expect(await head("--kubernetes", "1.35")).toContain(
    "\n# Without a MutatingAdmissionPolicy, which is v1 from",
  );
  expect(await head("--kubernetes", "1.36")).not.toContain("Without a MutatingAdmissionPolicy");
});

test.each([
  [[], ["Deny", "Warn", "Warn"]],
  [["--deny-workloads"], ["Deny", "Deny", "Deny"]],
  [["--observe"], ["Warn", "Warn", "Warn"]],
])("%j: pods, workloads and CronJobs are treated by %j", async (argv, expected) => {
  expect(await actions(...argv)).toEqual(expected);
});

test("leaves kube-system out, and the namespaces that are named", async () => {
  const values = async (...argv: readonly string[]) => {
    const [first, ...others] = (await printed(...argv)).flatMap(({ kind, spec }) =>
      kind.endsWith("Binding") ? [spec.matchResources?.namespaceSelector.matchExpressions] : [],
    );
    expect(others).toEqual([first, first, first]);
    return first;
  };
  const key = "kubernetes.io/metadata.name";
  expect(await values()).toEqual([{ key, operator: "NotIn", values: ["kube-system"] }]);
  expect(await values("--exempt", "ingress", "--exempt", "kube-system")).toEqual([
    { key, operator: "NotIn", values: ["kube-system", "ingress"] },
  ]);
});

test("writes for the version and in the language that are asked for", async () => {
  const { stdout } = await douane(["policies", "--kubernetes", "1.30", "--lang", "fr"]);
  expect(stdout).toMatch(/^# Écrit par douane policies/);
  expect(stdout).toContain("pod-security.kubernetes.io/enforce-version=v1.30");
  expect(stdout).toContain("Retirer « privileged: true »");
  expect(stdout).not.toContain("net.ipv4.tcp_rmem");
});

test("adds the guard of the labels that a policy names, and none for a policy without", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "douane-policies-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const policy = (admission: string) => {
    writeFileSync(join(cwd, "p.yaml"), `admission: ${admission}\n`);
    return { cwd };
  };
  const entry = "{mode: enforce, labels: {platform.example/stage: production}, reason: production}";
  const guarded = policy(`{labelGroups: [platform-team], futureRows: [${entry}]}`);
  const { exit, stdout } = await douane(["policies", "--policy", "p.yaml"], guarded);
  expect(exit).toBe(0);
  const objects = loadAll(stdout) as Printed[];
  expect(objects.slice(8).map(({ kind }) => kind)).toEqual([
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
  ]);
  expect(stdout).toContain('g in ["platform-team"]');
  const without = await douane(["policies", "--policy", "p.yaml"], policy("{language: fr}"));
  expect(loadAll(without.stdout)).toHaveLength(8);
});

test.each([
  [
    ["--kubernetes", "1.29"],
    'Error: --kubernetes "1.29": ValidatingAdmissionPolicies are stable from Kubernetes 1.30',
  ],
  [["--exempt", "Team A"], 'Error: --exempt "Team A": a namespace\'s name has lower-case letters'],
  [["--exempt", `a${"b".repeat(63)}`], "63 at most"],
  [["--observe", "--deny-workloads"], "do not go together: --observe refuses nothing"],
  [["pods.yaml"], "pods.yaml"],
])("%j is refused", async (argv, message) => {
  const { exit, stderr, stdout } = await douane(["policies", ...argv]);
  expect([exit, stdout]).toEqual([64, ""]);
  expect(stderr).toContain(message);
});
