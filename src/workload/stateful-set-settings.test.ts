import { expect, test } from "vitest";
import { statefulSetSettings } from "./stateful-set-settings.ts";

const set = (spec: unknown, apiVersion = "apps/v1", kind = "StatefulSet") => ({
  value: { spec },
  apiVersion,
  kind,
  path: [],
});

test.each([
  [set({ serviceName: "web" }), { serviceName: "web" }],
  [set({ serviceName: "web", ordinals: { start: 5 } }), { serviceName: "web", firstOrdinal: 5 }],
  [set({ ordinals: { start: 5 } }, "apps.kruise.io/v1beta1"), { firstOrdinal: 5 }],
  [set({ serviceName: "", ordinals: { start: 0 } }), undefined],
  [set({ serviceName: 7, ordinals: { start: "5" } }), undefined],
  [set({ ordinals: "x" }), undefined],
  [set("x"), undefined],
  [set({ serviceName: "web" }, "apps/v1", "Deployment"), undefined],
])("%j → %j", (object, settings) => {
  expect(statefulSetSettings(object)).toEqual(settings);
});
