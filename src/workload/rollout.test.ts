import { expect, test } from "vitest";
import { rolloutOf } from "./rollout.ts";

function set(apiVersion: string, kind: string, spec: unknown) {
  return rolloutOf({ value: { spec }, apiVersion, kind, path: [] });
}

const APPS = "apps/v1";
const rolling = (limits: object) => ({ strategy: { type: "RollingUpdate", rollingUpdate: limits } });
const MOST = "spec.strategy.rollingUpdate.maxUnavailable";
const SURGE = "spec.strategy.rollingUpdate.maxSurge";

test.each([
  [
    APPS,
    "Deployment",
    { strategy: { type: "Recreate" } },
    { field: "spec.strategy.type", value: "Recreate" },
  ],
  [APPS, "Deployment", rolling({ maxUnavailable: 1 }), { field: MOST, value: 1 }],
  [
    APPS,
    "Deployment",
    rolling({ maxUnavailable: "25%", maxSurge: 0 }),
    { field: MOST, value: "25%", isWithoutSurge: true },
  ],
  [APPS, "Deployment", rolling({ maxSurge: "0%" }), { field: SURGE, value: "25%", isWithoutSurge: true }],
  [APPS, "Deployment", rolling({ maxSurge: 1 }), undefined],
  [
    "argoproj.io/v1alpha1",
    "Rollout",
    { strategy: { canary: { maxUnavailable: "100%" } } },
    { field: "spec.strategy.canary.maxUnavailable", value: "100%" },
  ],
  ["argoproj.io/v1alpha1", "Rollout", { strategy: { blueGreen: {} } }, undefined],
  [
    "apps.kruise.io/v1alpha1",
    "CloneSet",
    { updateStrategy: { type: "ReCreate", maxUnavailable: "100%" } },
    { field: "spec.updateStrategy.maxUnavailable", value: "100%" },
  ],
  ["example.org/v1", "Deployment", { strategy: { type: "Recreate" } }, undefined],
  ["constructor/v1", "name", { strategy: { type: "Recreate" } }, undefined],
])("%s %s with %j", (apiVersion, kind, spec, rollout) => {
  expect(set(apiVersion, kind, spec)).toEqual(rollout);
});
