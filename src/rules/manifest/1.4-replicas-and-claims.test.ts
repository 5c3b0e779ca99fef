import { describe, expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ClaimFacts, WorkloadFacts } from "../../contract/workload-facts.ts";
import { replicasAndClaims } from "./1.4-replicas-and-claims.ts";

const CLAIM: ClaimFacts = { name: "data", source: "claim", accessModes: ["ReadWriteOnce"] };

function check(claim: Partial<ClaimFacts> = {}, facts: Partial<WorkloadFacts> = {}) {
  const volumes = [
    { name: "tmp", sources: ["emptyDir"] },
    { name: "data", sources: ["persistentVolumeClaim"], persistentVolumeClaim: { claimName: "data" } },
  ];
  const claims = [{ ...CLAIM, ...claim }];
  return replicasAndClaims.check({ workload: workloadFacts({ volumes, facts: { claims, ...facts } }) });
}

describe("refused: a volume of one node for pods on several", () => {
  test.each<[string, Partial<ClaimFacts>, Partial<WorkloadFacts>]>([
    ["two replicas", {}, { replicas: 2 }],
    ["of one pod only", { accessModes: ["ReadWriteOncePod"] }, { replicas: 3 }],
    ["a DaemonSet", {}, { kind: "DaemonSet" }],
    ["an Argo Rollout", {}, { kind: "Rollout", replicas: 2 }],
  ])("%s", (_, claim, facts) => {
    expect(check(claim, facts)).toMatchObject({
      status: "fail",
      findings: [{ at: { file: "web.yaml", path: "spec.template.spec.volumes[1].persistentVolumeClaim" } }],
      notes: [],
    });
  });

  test("named without its place in the list", () => {
    expect(check({}, { replicas: 2 })).toMatchObject({
      findings: [{ fingerprint: "1.4-replicas-and-claims:portal/Deployment/web:data" }],
    });
  });
});

const FOR_ONE_POD: Partial<ClaimFacts> = { accessModes: ["ReadWriteOncePod"] };
const STRATEGY = "spec.strategy.type";

test.each<[string, Partial<ClaimFacts>, Partial<WorkloadFacts>]>([
  ["one pod", FOR_ONE_POD, {}],
  ["one pod, of which a share may be missing", FOR_ONE_POD, { rollout: { field: "x", value: "25%" } }],
])("refused: a claim for one pod, of which a rollout wants two: %s", (_, claim, facts) => {
  expect(check(claim, facts)).toMatchObject({
    status: "fail",
    findings: [{ message: { en: /it never completes/ }, remedy: { en: /Recreate/ } }],
  });
});

test.each<[string, Partial<ClaimFacts>, Partial<WorkloadFacts>]>([
  ["Recreate", FOR_ONE_POD, { rollout: { field: STRATEGY, value: "Recreate" } }],
  ["the old pod ends first", FOR_ONE_POD, { rollout: { field: "x", value: 1 } }],
  ["no pod more than one", FOR_ONE_POD, { rollout: { field: "x", value: "25%", isWithoutSurge: true } }],
  ["a controller that may end it first", FOR_ONE_POD, { kind: "CloneSet" }],
  ["a StatefulSet", FOR_ONE_POD, { kind: "StatefulSet" }],
  // Two pods of one node can use a ReadWriteOnce volume at once.
  ["for one node", {}, {}],
])("a rollout that ends the old pod, or fits: %s", (_, claim, facts) => {
  expect(check(claim, facts)).toMatchObject({ status: "pass", notes: [{}] });
});

describe("noted", () => {
  test.each<[string, Partial<ClaimFacts>, Partial<WorkloadFacts>, RegExp]>([
    ["one replica cannot be scaled", {}, { replicas: 1 }, /cannot be replicated/],
    ["nor can the default", {}, {}, /cannot be replicated/],
    [
      "a claim of each pod",
      { source: "template" },
      { kind: "StatefulSet", replicas: 3 },
      /each pod keeps its data/,
    ],
  ])("%s", (_, claim, facts, message) => {
    expect(check(claim, facts)).toMatchObject({ status: "pass", notes: [{ message: { en: message } }] });
  });

  test("a claim for many nodes that another workload mounts, too", () => {
    expect(check({ accessModes: ["ReadWriteMany"], sharedWith: "Deployment/other" })).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringMatching(/^Deployment\/other mounts volume data, too/) } }],
    });
  });

  test("a claim that is not among the manifests", () => {
    const { accessModes: _modes, ...unknown } = CLAIM;
    expect(check({}, { claims: [unknown], replicas: 2 })).toMatchObject({
      status: "pass",
      notes: [{ message: { en: /is not known/ } }],
    });
  });

  test("in a List, and for a volume that is not found", () => {
    const claims = [{ ...CLAIM, name: "other" }];
    expect(check({}, { claims, path: "items[1]" })).toMatchObject({
      notes: [{ at: { path: "items[1].spec.volumeClaimTemplates" } }],
    });
  });
});

describe("fine", () => {
  test.each<[Partial<ClaimFacts>]>([
    [{ accessModes: ["ReadWriteMany"] }],
    [{ accessModes: ["ReadOnlyMany"] }],
    [{ source: "ephemeral", requested: { accessModes: ["ReadWriteOnce"] } }],
    [{ accessModes: ["ReadWriteOnce", "ReadWriteMany"] }],
  ])("%j", (claim) => {
    expect(check(claim, { replicas: 3 })).toMatchObject({ status: "pass", notes: [] });
  });

  test("trap: no volume, or a batch task", () => {
    expect(check({}, { claims: [] }).status).toBe("n/a");
    expect(check({}, { lifetime: "batch", replicas: 2 }).status).toBe("n/a");
  });
});

test("what is not valid Kubernetes leaves it open", () => {
  const problem = { fr: "non valide", en: "not valid" };
  const invalid = (path: string) => ({ invalid: [{ path, problem }] });
  expect(check({}, invalid("spec.replicas"))).toMatchObject({ status: "unproven", reason: problem });
  const volumes = invalid("spec.template.spec.volumes[0]");
  expect(check({}, { claims: [], ...volumes })).toMatchObject({ status: "unproven", reason: problem });
  expect(check({}, { claims: [], lifetime: "batch", ...volumes }).status).toBe("n/a");
});

describe("replicas of an autoscaler", () => {
  function scaled(minimum: number, maximum: number, claim: Partial<ClaimFacts> = {}, replicas = 1) {
    const effect = { is: "scaling", minimum, maximum } as const;
    const related = [{ kind: "HorizontalPodAutoscaler", name: "h", at: locatedAt("h.yaml", 3), effect }];
    return check(claim, { replicas, related });
  }

  test("several for certain refute, whatever the workload says; perhaps several leave it open", () => {
    expect(scaled(2, 3)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining("for 2 replicas") } }],
    });
    expect(scaled(1, 3, {}, 4)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining("for 4 replicas") } }],
    });
    expect(scaled(1, 3)).toMatchObject({
      status: "unproven",
      doubtful: true,
      reason: {
        en: expect.stringContaining("HorizontalPodAutoscaler h (h.yaml:3) may start up to 3 replicas"),
      },
    });
  });

  test.each<[string, Partial<ClaimFacts>]>([
    ["a volume for many nodes", { accessModes: ["ReadWriteMany"] }],
    ["a claim of each pod", { source: "template" }],
    ["a volume of each pod", { source: "ephemeral" }],
  ])("trap: %s", (_name, claim) => {
    expect(scaled(2, 3, claim).status).toBe("pass");
  });

  test("trap: a claim that is not among the manifests, and another object beside", () => {
    const { accessModes: _modes, ...unknown } = CLAIM;
    const effect = { is: "scaling", minimum: 2, maximum: 3 } as const;
    const related = [{ kind: "HorizontalPodAutoscaler", name: "h", at: locatedAt("h.yaml", 3), effect }];
    expect(check({}, { claims: [unknown], related }).status).toBe("pass");
    const other = [
      { kind: "ResourceClaim", name: "x", at: locatedAt("x.yaml", 1), effect: { is: "admin-access" } },
    ] as const;
    expect(check({}, { related: other }).status).toBe("pass");
  });
});
