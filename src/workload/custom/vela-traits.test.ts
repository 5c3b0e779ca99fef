import { expect, test } from "vitest";
import { velaChanges } from "./vela-traits.ts";

function application(spec: unknown, apiVersion = "core.oam.dev/v1beta1") {
  return { value: { spec }, apiVersion, kind: "Application", path: [] };
}

const trait = (type: string, properties: object = {}) =>
  application({ components: [{ name: "web", traits: [{ type: "scaler" }, { type, properties }] }] });

test.each(["json-patch", "json-merge-patch", "container-image", "env", "sidecar", "storage", "our-own"])(
  "the trait %s changes pods",
  (type) => {
    expect(velaChanges(trait(type))).toEqual([["spec", "components", 0, "traits", 1]]);
  },
);

test("a policy that overrides components, and labels that ask for a sidecar, change pods", () => {
  const policies = [{ type: "topology" }, { type: "override" }];
  expect(velaChanges(application({ policies }))).toEqual([["spec", "policies", 1]]);
  expect(velaChanges(trait("labels", { "sidecar.istio.io/inject": "true" }))).toHaveLength(1);
});

test.each([
  [trait("gateway")],
  [trait("labels", { team: "a" })],
  [application({ components: [{ traits: ["x"] }, "x"] })],
  [application("x")],
  [application({ components: [{ traits: [{ type: "json-patch" }] }] }, "argoproj.io/v1alpha1")],
])("%j changes no pod", (object) => {
  expect(velaChanges(object)).toEqual([]);
});
