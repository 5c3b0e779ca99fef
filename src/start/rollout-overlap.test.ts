import { expect, test } from "vitest";
import type { RolloutFacts } from "../contract/workload-facts.ts";
import { overlapsOnRollout } from "./rollout-overlap.ts";

const most = (value: RolloutFacts["value"]) => ({
  field: "spec.strategy.rollingUpdate.maxUnavailable",
  value,
});

test.each<[string, RolloutFacts | undefined, boolean]>([
  ["Deployment", undefined, true],
  ["Deployment", most(0), true],
  // A share of one pod is rounded down.
  ["Deployment", most("25%"), true],
  ["Deployment", most("99%"), true],
  ["Deployment", most("100%"), false],
  ["Deployment", most(1), false],
  ["Deployment", { field: "spec.strategy.type", value: "Recreate" }, false],
  ["Deployment", { ...most("25%"), isWithoutSurge: true }, false],
  ["Rollout", undefined, true],
  ["StatefulSet", undefined, false],
  ["DaemonSet", undefined, false],
  ["Pod", undefined, false],
])("%s with %j: %s", (kind, rollout, overlaps) => {
  expect(overlapsOnRollout({ kind, ...(rollout === undefined ? {} : { rollout }) })).toBe(overlaps);
});
