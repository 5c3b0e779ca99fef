import { describe, expect, test } from "vitest";
import { asServed, mutated, patchOf, refusal } from "../../../../test/fixtures/admission-policy.ts";
import {
  expectedAt,
  LISTS,
  listsOf,
  PROFILE,
  podWith,
  type Sets,
} from "../../../../test/fixtures/restricted-profile.ts";
import { mutatingAdmissionPolicy } from "./mutating-admission-policy.ts";
import { admissionPolicies, OLDEST_MUTATING_MINOR } from "./validating-admission-policies.ts";

const [DEFAULTS, BINDING] = mutatingAdmissionPolicy(["kube-system"]);
const [VALIDATION = {}] = admissionPolicies({
  minor: OLDEST_MUTATING_MINOR,
  lang: "en",
  actions: { pods: ["Deny"], workloads: ["Warn"] },
  exempt: [],
});

const SC = "c.securityContext";
const POD = "spec.securityContext";
const UNSET = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

/** Cases of the rules whose fields the policy adds. */
const CASES = ["1.1-privilege-escalation", "1.1-capabilities", "1.1-seccomp"].flatMap((id) =>
  (PROFILE[id] ?? []).flatMap(([expected, sets]) =>
    listsOf(sets).map((list) => ({ id, expected, sets, list })),
  ),
);

/** Test for a case that breaks its rule by the absence of a field alone. */
function onlyLacks(sets: Sets): boolean {
  if ("spec.os.name" in sets) return false;
  return Object.entries(sets).every(
    ([field, value]) =>
      field.startsWith("metadata.") ||
      ((value === undefined || value === null || (Array.isArray(value) && value.length === 0)) &&
        field !== `${SC}.seccompProfile.type` &&
        field !== `${POD}.seccompProfile.type`) ||
      value === "RuntimeDefault",
  );
}

function refusalOf(object: object): string | undefined {
  return refusal(VALIDATION, { object });
}

test.each(CASES)("$id, $sets in $list: passes if only fields were absent, as before otherwise", (given) => {
  const { id, expected, sets, list } = given;
  const pod = podWith(sets, list);
  const changed = mutated(DEFAULTS, { object: pod });
  const isRefused = expectedAt(expected, OLDEST_MUTATING_MINOR) === "fail";
  expect(refusalOf(pod)?.includes(id) ?? false).toBe(isRefused);
  expect(refusalOf(changed)?.includes(id) ?? false).toBe(isRefused && !onlyLacks(sets));
});

test.each(CASES)("$id, $sets in $list: is complete after one run", ({ sets, list }) => {
  expect(patchOf(DEFAULTS, { object: mutated(DEFAULTS, { object: podWith(sets, list) }) })).toEqual([]);
});

test("both kinds of cases are in the tables", () => {
  const refused = CASES.filter(({ expected }) => expectedAt(expected, OLDEST_MUTATING_MINOR) === "fail");
  expect(refused.filter(({ sets }) => onlyLacks(sets)).length).toBeGreaterThan(15);
  expect(refused.filter(({ sets }) => !onlyLacks(sets)).length).toBeGreaterThan(15);
});

test.each(Object.entries(PROFILE))("%s: nothing that is there is changed or removed", (_, cases) => {
  for (const [, sets] of cases) {
    for (const list of LISTS) {
      const object = asServed(podWith(sets, list)) as object;
      expect(mutated(DEFAULTS, { object })).toMatchObject(withoutEmptyDrop(object));
    }
  }
});

/** Without empty lists of dropped capabilities, which are the same to the API server as none. */
function withoutEmptyDrop<T>(object: T): T {
  return JSON.parse(JSON.stringify(object), (key, value) =>
    key === "drop" && Array.isArray(value) && value.length === 0 ? undefined : value,
  );
}

test("a pod without any security context gets all fields, at every container", () => {
  const bare = {
    kind: "Pod",
    metadata: { name: "web" },
    spec: { initContainers: [{ name: "a" }], containers: [{ name: "web" }, { name: "proxy", image: "x" }] },
  };
  expect(mutated(DEFAULTS, { object: bare })).toEqual({
    ...bare,
    spec: {
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      initContainers: [{ name: "a", securityContext: UNSET }],
      containers: [
        { name: "web", securityContext: UNSET },
        { name: "proxy", image: "x", securityContext: UNSET },
      ],
    },
  });
});

test.each([
  [
    "privileged",
    { [`${SC}.allowPrivilegeEscalation`]: undefined, [`${SC}.privileged`]: true },
    "1.1-privileged",
  ],
  [
    "CAP_SYS_ADMIN",
    {
      [`${SC}.allowPrivilegeEscalation`]: undefined,
      [`${SC}.capabilities.add`]: ["CAP_SYS_ADMIN"],
    },
    "1.1-capabilities",
  ],
])(
  "no escalation is forbidden to a container with %s: the API server would call that pair invalid",
  (_, sets, id) => {
    const pod = podWith(sets, "containers");
    const changed = mutated(DEFAULTS, { object: pod });
    expect(changed).toEqual(pod);
    expect(refusalOf(changed)).toContain(`${id} (web)`);
  },
);

test("a pod whose containers have profiles of their own gets none", () => {
  const profile = { seccompProfile: { type: "RuntimeDefault" }, ...UNSET };
  const containers = [{ name: "web", securityContext: profile }];
  expect(patchOf(DEFAULTS, { object: { metadata: {}, spec: { containers } } })).toEqual([]);
});

test.each([
  ["a Windows pod", { "spec.os.name": "windows" }],
  ["a mirror pod", { "metadata.annotations.kubernetes\\.io/config\\.mirror": "hash" }],
])("%s is left alone", (_, sets) => {
  const object = podWith({ [SC]: undefined, [`${POD}.seccompProfile`]: undefined, ...sets }, "containers");
  expect(mutated(DEFAULTS, { object })).toEqual(object);
});

describe("a running pod to which kubectl debug adds a container", () => {
  const running = {
    metadata: { name: "web" },
    spec: {
      containers: [{ name: "web" }],
      ephemeralContainers: [{ name: "old" }],
    },
  };
  const withDebugger = (pod: typeof running, securityContext?: object) => ({
    ...pod,
    spec: {
      ...pod.spec,
      ephemeralContainers: [
        ...pod.spec.ephemeralContainers,
        { name: "debugger", ...(securityContext === undefined ? {} : { securityContext }) },
      ],
    },
  });
  const debuggerOf = (oldObject: typeof running, securityContext?: object) => {
    const object = withDebugger(oldObject, securityContext);
    const { spec, ...rest } = mutated(DEFAULTS, { oldObject, object });
    const [old, added] = spec.ephemeralContainers;
    expect({ ...rest, spec: { ...spec, ephemeralContainers: [old] } }).toEqual(oldObject);
    return added;
  };

  test("gets all fields at that container alone: the other ones cannot be changed", () => {
    expect(debuggerOf(running)).toEqual({
      name: "debugger",
      securityContext: { ...UNSET, seccompProfile: { type: "RuntimeDefault" } },
    });
  });

  test("inherits the profile of the pod, and keeps one of its own", () => {
    const securityContext = { seccompProfile: { type: "RuntimeDefault" } };
    const profiled = { ...running, spec: { securityContext, ...running.spec } };
    expect(debuggerOf(profiled)).toEqual({ name: "debugger", securityContext: UNSET });
    const own = { seccompProfile: { type: "Unconfined" } };
    expect(debuggerOf(running, own)).toEqual({ name: "debugger", securityContext: { ...UNSET, ...own } });
  });

  test("is unchanged when it has all fields", () => {
    const securityContext = { ...UNSET, seccompProfile: { type: "RuntimeDefault" } };
    expect(patchOf(DEFAULTS, { oldObject: running, object: withDebugger(running, securityContext) })).toEqual(
      [],
    );
  });
});

test("the policy is asked for new pods and for new ephemeral containers, and again after webhooks", () => {
  const group = { apiGroups: [""], apiVersions: ["v1"] };
  expect(DEFAULTS["spec"]).toMatchObject({
    failurePolicy: "Ignore",
    reinvocationPolicy: "IfNeeded",
    matchConstraints: {
      resourceRules: [
        { ...group, operations: ["CREATE"], resources: ["pods"] },
        { ...group, operations: ["UPDATE"], resources: ["pods/ephemeralcontainers"] },
      ],
    },
  });
});

test("the binding leaves the exempt namespaces out, and holds everywhere without them", () => {
  expect(BINDING["spec"]).toEqual({
    policyName: "douane-defaults",
    matchResources: {
      namespaceSelector: {
        matchExpressions: [
          { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["kube-system"] },
        ],
      },
    },
  });
  expect(mutatingAdmissionPolicy([])[1]["spec"]).toEqual({ policyName: "douane-defaults" });
});
