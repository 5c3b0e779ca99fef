import { describe, expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PodFacts } from "../../contract/pod-facts.ts";
import type { RelatedEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { disruptions } from "./1.4-disruptions.ts";

const TYPE = "spec.strategy.type";
const UNAVAILABLE = "spec.strategy.rollingUpdate.maxUnavailable";

function notes(facts: Partial<RawWorkload>, pod: Partial<PodFacts> = {}): readonly string[] {
  const outcome = disruptions.check({ workload: workloadFacts({ facts, pod }) });
  expect(outcome.status).toBe("pass");
  return (outcome.notes ?? []).map(({ message }) => message.en);
}

function beside(...effects: readonly RelatedEffect[]): Pick<RawWorkload, "related"> {
  return {
    related: effects.map((effect) => ({
      kind: "PodDisruptionBudget",
      name: "web",
      at: locatedAt("web.yaml", 9),
      effect,
    })),
  };
}

function rollout(field: string, value: string | number, replicas?: number): Partial<RawWorkload> {
  return { rollout: { field, value }, ...(replicas === undefined ? {} : { replicas }) };
}

function scaled(maximum: number): RelatedEffect {
  return { is: "scaling", minimum: 1, maximum };
}

describe("a rollout that stops all pods at once", () => {
  test.each<[string, Partial<RawWorkload>]>([
    ["Recreate", rollout(TYPE, "Recreate", 2)],
    ["100 % of them", rollout(UNAVAILABLE, "100%", 2)],
    ["more than all", rollout(UNAVAILABLE, "200%", 3)],
    ["as many as there are", rollout(UNAVAILABLE, 3, 3)],
    ["Recreate of an autoscaler's replicas", { ...rollout(TYPE, "Recreate"), ...beside(scaled(4)) }],
    ["each pod of a DaemonSet", { kind: "DaemonSet", ...rollout(UNAVAILABLE, "100%") }],
  ])("%s", (_, facts) => {
    expect(notes(facts)).toEqual([expect.stringMatching(/stops all of its pods at once/)]);
  });

  test.each<[string, Partial<RawWorkload>]>([
    ["one replica", rollout(TYPE, "Recreate", 1)],
    ["one by default", rollout(TYPE, "Recreate")],
    ["none", rollout(TYPE, "Recreate", 0)],
    ["half of them", rollout(UNAVAILABLE, "50%", 2)],
    ["99 % of two, rounded down", rollout(UNAVAILABLE, "99%", 2)],
    ["one of two", rollout(UNAVAILABLE, 1, 2)],
    ["fewer than an autoscaler's", { ...rollout(UNAVAILABLE, 2, 2), ...beside(scaled(5)) }],
    ["not a number", rollout(UNAVAILABLE, "many", 2)],
    ["one pod of a DaemonSet", { kind: "DaemonSet", ...rollout(UNAVAILABLE, 1) }],
    ["the default", { replicas: 3 }],
  ])("fine: %s", (_, facts) => {
    expect(notes(facts)).toEqual([]);
  });
});

describe("a budget that allows no eviction", () => {
  const budget = (field: string, value: string | number): RelatedEffect => ({
    is: "disruption-budget",
    field: `spec.${field}`,
    value,
  });

  test.each<[RelatedEffect, Partial<RawWorkload>]>([
    [budget("maxUnavailable", 0), { replicas: 2 }],
    [budget("maxUnavailable", "0%"), { replicas: 2 }],
    [budget("minAvailable", 2), { replicas: 2 }],
    [budget("minAvailable", 1), {}],
    [budget("minAvailable", "100%"), { replicas: 3 }],
    [budget("minAvailable", "51%"), { replicas: 2 }],
    [budget("minAvailable", "100%"), { kind: "DaemonSet" }],
  ])("%j beside %j", (effect, facts) => {
    expect(notes({ ...facts, ...beside(effect) })).toEqual([
      expect.stringMatching(/^PodDisruptionBudget web \(spec\.m\w+: \S+\) allows no pod to be evicted/),
    ]);
  });

  test.each<[RelatedEffect, Partial<RawWorkload>]>([
    [budget("maxUnavailable", 1), { replicas: 2 }],
    [budget("maxUnavailable", "1%"), { replicas: 2 }],
    [budget("minAvailable", 1), { replicas: 2 }],
    [budget("minAvailable", "50%"), { replicas: 2 }],
    [budget("minAvailable", "many"), { replicas: 2 }],
    [budget("minAvailable", 2), { kind: "DaemonSet" }],
  ])("fine: %j beside %j", (effect, facts) => {
    expect(notes({ ...facts, ...beside(effect) })).toEqual([]);
  });

  test("fine: below an autoscaler's maximum", () => {
    expect(notes({ replicas: 2, ...beside(budget("minAvailable", 2), scaled(4)) })).toEqual([]);
  });
});

describe("marks of the pods", () => {
  test.each([
    ["cluster-autoscaler.kubernetes.io/safe-to-evict", "false"],
    ["karpenter.sh/do-not-disrupt", "true"],
    ["karpenter.sh/do-not-evict", "true"],
  ])("%s: %s", (key, value) => {
    expect(notes({}, { annotations: { [key]: value } })).toEqual([
      `the annotation ${key} keeps the pod from being moved`,
    ]);
    expect(notes({}, { annotations: { [key]: "other" } })).toEqual([]);
  });

  test("a finalizer, unless the cluster's own pod has it", () => {
    const pod = { finalizers: ["example.org/never"], annotations: { "karpenter.sh/do-not-disrupt": "true" } };
    expect(notes({}, pod)).toHaveLength(2);
    expect(notes({}, pod)[1]).toContain("example.org/never keeps each deleted pod");
    expect(notes({ created: true }, pod)).toEqual([]);
  });

  test("a Job ends by itself", () => {
    const workload = workloadFacts({ facts: { lifetime: "batch" }, pod: { finalizers: ["a/b"] } });
    expect(disruptions.check({ workload }).status).toBe("n/a");
  });
});
