import fc from "fast-check";
import { expect, test } from "vitest";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { sbomContents } from "../../../test/fixtures/sbom-contents.ts";
import type { ComponentFacts } from "../../contract/package-facts.ts";
import { componentsOf } from "./document.ts";

const [CONTENT] = fc.sample(sbomContents, { numRuns: 1, seed: 1 });

function components(...all: readonly ComponentFacts[]) {
  if (CONTENT === undefined) throw new Error("no sample");
  return componentsOf({ ...CONTENT, packages: asMasked({ ...CONTENT.packages, components: all }) });
}

const NPM: ComponentFacts = {
  type: "npm",
  name: "a",
  version: "1",
  path: "/app/a/package.json",
  layer: 0,
  cataloger: "node-modules",
};

test("what two catalogers found at one place is one component of both", () => {
  expect(components(NPM, { ...NPM, cataloger: "other" })).toEqual([
    { ref: "pkg:npm/a@1", purl: "pkg:npm/a@1", facts: NPM, catalogers: ["node-modules", "other"] },
  ]);
});

test("a package at two places is two, each with a reference of its own", () => {
  const refs = components({ ...NPM, path: "/b c", inside: "d" }, NPM).map(({ ref }) => ref);
  expect(refs).toEqual(["pkg:npm/a@1#/app/a/package.json", "pkg:npm/a@1#/b%20c!/d"]);
});

test("what the container sees goes before what a later layer took away", () => {
  const [hidden, shown] = [
    { ...NPM, hidden: true as const },
    { ...NPM, layer: 2 },
  ];
  expect(components(hidden, shown).map(({ facts }) => facts)).toEqual([shown]);
  expect(components(hidden).map(({ facts }) => facts)).toEqual([hidden]);
});
