// The policies of `douane policies` by cel-go, which the API server uses: the same refusals as by the evaluator of
// the unit tests, and their cost.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mutatingAdmissionPolicy } from "../../src/rules/manifest/admission/mutating-admission-policy.ts";
import { admissionPolicies } from "../../src/rules/manifest/admission/validating-admission-policies.ts";
import { asServed, patchOf, refusal } from "../fixtures/admission-policy.ts";
import { LISTS, PROFILE, podWith } from "../fixtures/restricted-profile.ts";

/** Cost at which the API server ends one expression (k8s.io/apiserver/pkg/apis/cel, PerCallLimit). */
const COST_LIMIT = 1_000_000;

interface Answer {
  readonly message: string;
  readonly patch?: readonly object[];
  readonly cost: number;
}

const folder = mkdtempSync(join(tmpdir(), "douane-cel-go-"));
const policies = (
  [
    [30, "en"],
    [34, "en"],
    [37, "fr"],
  ] as const
).flatMap(([minor, lang]) =>
  admissionPolicies({
    minor,
    lang,
    actions: { pods: ["Deny"], workloads: ["Warn"] },
    exempt: [],
  }).filter(({ kind }) => kind === "ValidatingAdmissionPolicy"),
);

const [DEFAULTS] = mutatingAdmissionPolicy([]);
/** Index of the MutatingAdmissionPolicy in the program's input. */
const MUTATING = policies.length;

beforeAll(() => {
  // Debian's cel-go and what it needs are packages in one GOPATH, without modules.
  const env = { ...process.env, GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOTOOLCHAIN: "local" };
  const source = join(import.meta.dirname, "evaluate.go");
  execFileSync("go", ["build", "-o", join(folder, "evaluate"), source], { env, stdio: "pipe" });
});

afterAll(() => rmSync(folder, { recursive: true }));

function byCelGo(
  requests: readonly { policy: number; object: object; oldObject?: object }[],
): readonly Answer[] {
  const input = JSON.stringify({
    policies: [...policies, DEFAULTS].map(({ spec }) => spec),
    requests: requests.map(({ policy, object, oldObject }) => ({
      policy,
      object: asServed(object),
      ...(oldObject === undefined ? {} : { oldObject: asServed(oldObject) }),
    })),
  });
  const output = execFileSync(join(folder, "evaluate"), {
    input,
    maxBuffer: 64 * 1024 * 1024,
    encoding: "utf8",
  });
  return JSON.parse(output);
}

/** The pod for a policy of pods, of workloads or of CronJobs. */
function wrapped(pod: object, policy: number): object {
  if (policy % 3 === 0) return pod;
  const workload = { spec: { template: pod } };
  return policy % 3 === 1 ? workload : { spec: { jobTemplate: workload } };
}

function podsOf(ids: readonly string[]): readonly object[] {
  const cases = ids.flatMap((id) => PROFILE[id] ?? []);
  return cases.flatMap(([, sets]) => LISTS.map((list) => podWith(sets, list)));
}

test("every policy answers every case alike by both evaluators", () => {
  const pods = podsOf(Object.keys(PROFILE));
  const requests = policies.flatMap((_, policy) =>
    pods.map((pod) => ({ policy, object: wrapped(pod, policy) })),
  );
  const answers = byCelGo(requests).map(({ message }) => message);
  const expected = requests.map((request) => {
    const policy = policies[request.policy];
    return policy === undefined ? undefined : (refusal(policy, request) ?? "");
  });
  expect(answers).toEqual(expected);
  expect(new Set(answers).size).toBeGreaterThan(100);
});

test("an update that leaves the pod's spec alone passes, any other does not", () => {
  const [bad, good] = [podWith({ "spec.hostPID": true }, "containers"), podWith({}, "containers")];
  const labelled = { ...bad, metadata: { labels: { a: "b" }, annotations: {} } };
  const answers = byCelGo([
    { policy: 0, oldObject: bad, object: labelled },
    { policy: 0, oldObject: good, object: bad },
    { policy: 0, oldObject: bad, object: good },
  ]);
  expect(answers.map(({ message }) => message)).toEqual([
    "",
    expect.stringContaining("1.1-host-namespaces (hostPID)"),
    "",
  ]);
});

test("a pod of 200 containers that break every rule stays below a tenth of the API server's limit", () => {
  const containers = Array.from({ length: 200 }, (_, index) => ({
    name: `container-${index}`,
    ports: Array.from({ length: 20 }, (__, port) => ({ containerPort: port + 1, hostPort: 0 })),
  }));
  const [answer] = byCelGo([{ policy: 0, object: { spec: { containers } } }]);
  expect(answer?.message).toContain("container-199");
  expect(answer?.cost).toBeLessThan(COST_LIMIT / 10);
});

test("fields are added alike by both evaluators, to new pods and to new ephemeral containers", () => {
  const oldObject = {
    spec: { containers: [{ name: "web" }, { name: "proxy" }], initContainers: [{ name: "first" }] },
  };
  const pods = podsOf(["1.1-privilege-escalation", "1.1-capabilities", "1.1-seccomp"]);
  const requests = [
    ...pods.map((object) => ({ policy: MUTATING, object })),
    ...pods.map((object) => ({ policy: MUTATING, object, oldObject })),
  ];
  const answers = byCelGo(requests).map(({ patch }) => patch ?? []);
  expect(answers).toEqual(requests.map((request) => patchOf(DEFAULTS, request)));
  expect(answers.filter((patch) => patch.length > 0).length).toBeGreaterThan(40);
});

test("a pod of 200 containers that lack every field gets all of them below half of the API server's limit", () => {
  const containers = Array.from({ length: 200 }, (_, index) => ({ name: `container-${index}` }));
  const [answer] = byCelGo([{ policy: MUTATING, object: { spec: { containers } } }]);
  expect(answer?.patch).toHaveLength(2 + 3 * containers.length);
  expect(answer?.cost).toBeLessThan(COST_LIMIT / 2);
});
