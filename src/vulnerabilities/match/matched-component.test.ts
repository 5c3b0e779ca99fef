import { expect, test } from "vitest";
import type { ComponentFacts } from "../../contract/package-facts.ts";
import { componentsOfImage, placeOf } from "./matched-component.ts";

const FACTS: ComponentFacts = {
  type: "deb",
  name: "a",
  version: "1",
  path: "/var/lib/dpkg/status",
  layer: 1,
  cataloger: "dpkg",
};
const OS = { id: "debian", version: "13" };

function matched(more: Partial<ComponentFacts>, baseLayers?: number) {
  const [{ facts: _facts, ...rest } = { facts: FACTS }] = componentsOfImage(
    { components: [{ ...FACTS, ...more }] },
    baseLayers,
  );
  return rest;
}

const PLACE = { path: FACTS.path, layer: 1 };

test.each<[string, Partial<ComponentFacts>, object]>([
  ["nothing", {}, {}],
  ["a place inside an archive", { inside: "a.jar" }, { inside: "a.jar" }],
  ["a distribution that installed it", { ofDistribution: true }, { ofDistribution: true }],
  ["a verified base", { ofBase: true }, { ofBase: true }],
  ["another system than the image's", { ofOtherSystem: true }, { missing: ["distribution"] }],
  ["a list without sources", { cataloger: "chisel" }, { missing: ["upstream"] }],
  ["both", { ofOtherSystem: true, cataloger: "chisel" }, { missing: ["distribution", "upstream"] }],
])("a component with %s is matched with it", (_, more, expected) => {
  expect(matched(more)).toEqual({ ...PLACE, ...expected });
});

test.each([
  [0, undefined],
  [1, undefined],
  [2, true],
])("below a base of %i layers, the second layer is of the base: %s", (baseLayers, ofBase) => {
  expect(matched({}, baseLayers)).toEqual({ ...PLACE, ...(ofBase === undefined ? {} : { ofBase }) });
});

test("each component has its facts and the image's release", () => {
  const components = [FACTS, { ...FACTS, name: "b" }];
  expect(componentsOfImage({ components, os: OS }).map(({ facts, os }) => [facts, os])).toEqual(
    components.map((facts) => [facts, OS]),
  );
});

test("of a place, what is known is given", () => {
  expect(placeOf({ facts: FACTS })).toEqual({});
  expect(placeOf({ facts: FACTS, path: "/a", inside: "b", layer: 0 })).toEqual({
    path: "/a",
    inside: "b",
    layer: 0,
  });
});
