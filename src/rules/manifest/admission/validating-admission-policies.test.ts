import { describe, expect, test } from "vitest";
import { refusal } from "../../../../test/fixtures/admission-policy.ts";
import {
  expectedAt,
  listsOf,
  MINORS,
  PROFILE,
  podWith,
} from "../../../../test/fixtures/restricted-profile.ts";
import {
  type AdmissionOptions,
  admissionPolicies,
  OLDEST_ADMISSION_MINOR,
} from "./validating-admission-policies.ts";

const OPTIONS: AdmissionOptions = {
  minor: 36,
  lang: "en",
  actions: { pods: ["Deny", "Audit"], workloads: ["Warn", "Audit"] },
  exempt: ["kube-system"],
};

function policyOf(name: string, options: Partial<AdmissionOptions> = {}) {
  const found = admissionPolicies({ ...OPTIONS, ...options }).find(
    ({ kind, metadata }) =>
      kind === "ValidatingAdmissionPolicy" && (metadata as { name: string }).name === name,
  );
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found;
}

describe.each(MINORS.filter((minor) => minor >= OLDEST_ADMISSION_MINOR))("in Kubernetes 1.%i", (minor) => {
  const policy = policyOf("douane-pods", { minor });

  test.each(Object.entries(PROFILE))(
    "%s refuses the pods that the rule refuses, and no others",
    (id, cases) => {
      for (const [expected, sets] of cases) {
        for (const list of listsOf(sets)) {
          const message = refusal(policy, { object: podWith(sets, list) });
          const isRefused = expectedAt(expected, minor) === "fail";
          expect([list, sets, message?.includes(`${id} (`) ?? false]).toEqual([list, sets, isRefused]);
        }
      }
    },
  );
});

/** Kinds of objects with a pod template, each with the policy that looks at it. */
const KINDS: readonly (readonly [kind: string, policy: string, wrap: (pod: object) => object])[] = [
  ["Pod", "douane-pods", (pod) => pod],
  ["Deployment", "douane-workloads", (template) => ({ kind: "Deployment", spec: { replicas: 1, template } })],
  [
    "CronJob",
    "douane-cronjobs",
    (template) => ({ kind: "CronJob", spec: { jobTemplate: { spec: { template } } } }),
  ],
];
const PRIVILEGED = { "c.securityContext.privileged": true };

describe.each(KINDS)("a %s", (_, name, wrap) => {
  const policy = policyOf(name);
  const [good, bad] = [podWith({}, "containers"), podWith(PRIVILEGED, "initContainers")].map(wrap);

  test("that meets the profile is let in", () => {
    expect(refusal(policy, { object: good ?? {} })).toBeUndefined();
  });

  test("that breaks rules is refused with all of them, each with its containers and remedy", () => {
    const sets = { ...PRIVILEGED, "spec.hostPID": true, "c.securityContext.capabilities": undefined };
    expect(refusal(policy, { object: wrap(podWith(sets, "ephemeralContainers")) })).toBe(
      [
        "1.1-host-namespaces (hostPID): Remove hostNetwork, hostPID and hostIPC from the pod's spec.",
        "1.1-privileged (debugger): Remove `privileged: true` from the container's securityContext.",
        "1.1-capabilities (debugger): Add `capabilities: { drop: [ALL] }` to the securityContext of every container.",
      ].join(" "),
    );
  });

  test("that was there before the policy may be changed elsewhere, but not be made worse", () => {
    const relabelled = { ...bad, metadata: { labels: { tier: "web" } } };
    expect(refusal(policy, { oldObject: bad ?? {}, object: relabelled })).toBeUndefined();
    expect(refusal(policy, { oldObject: good ?? {}, object: bad ?? {} })).toContain("1.1-privileged (first)");
    expect(refusal(policy, { oldObject: bad ?? {}, object: good ?? {} })).toBeUndefined();
  });

  test("whose annotations alone change is looked at", () => {
    const sets = {
      "metadata.annotations.container\\.apparmor\\.security\\.beta\\.kubernetes\\.io/web": "unconfined",
    };
    const object = wrap(podWith(sets, "containers"));
    expect(refusal(policy, { oldObject: good ?? {}, object })).toContain("1.1-apparmor (container.apparmor");
  });
});

test("a container that is added to a running pod is looked at", () => {
  const [oldObject, object] = [podWith({}, "containers"), podWith(PRIVILEGED, "ephemeralContainers")];
  expect(refusal(policyOf("douane-pods"), { oldObject, object })).toContain("(debugger)");
});

test("the message is French where French is asked for, and its fallback for long lists, too", () => {
  const policy = policyOf("douane-pods", { lang: "fr" });
  expect(refusal(policy, { object: podWith(PRIVILEGED, "containers") })).toBe(
    "1.1-privileged (web) : Retirer « privileged: true » du securityContext du conteneur.",
  );
  expect(JSON.stringify(policy)).toContain("Le pod n'est pas conforme");
});

test("a pod without containers, annotations or a security context is refused for what it lacks", () => {
  expect(refusal(policyOf("douane-pods"), { object: { spec: { containers: [{ name: "web" }] } } })).toMatch(
    /^1\.1-run-as-non-root \(web\): .* 1\.1-privilege-escalation \(web\): .* 1\.1-capabilities \(web\): .* 1\.1-seccomp \(web\): /,
  );
});

describe("bindings", () => {
  const bindings = (options: Partial<AdmissionOptions> = {}) =>
    admissionPolicies({ ...OPTIONS, ...options })
      .filter(({ kind }) => kind === "ValidatingAdmissionPolicyBinding")
      .map(({ spec }) => spec);

  test("act as asked for pods and for workloads, outside the exempt namespaces", () => {
    const namespaceSelector = {
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["kube-system"] }],
    };
    expect(bindings()).toEqual([
      {
        policyName: "douane-pods",
        validationActions: ["Deny", "Audit"],
        matchResources: { namespaceSelector },
      },
      {
        policyName: "douane-workloads",
        validationActions: ["Warn", "Audit"],
        matchResources: { namespaceSelector },
      },
      {
        policyName: "douane-cronjobs",
        validationActions: ["Warn", "Audit"],
        matchResources: { namespaceSelector },
      },
    ]);
  });

  test("without exempt namespaces hold everywhere", () => {
    expect(bindings({ exempt: [] })).not.toContainEqual(
      expect.objectContaining({ matchResources: expect.anything() }),
    );
  });
});
