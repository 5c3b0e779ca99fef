import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf, sbomContents } from "../../../test/fixtures/sbom-contents.ts";
import { isDistributions } from "../../contract/distribution-packages.ts";
import type { ComponentFacts, OsFacts } from "../../contract/package-facts.ts";
import { cycloneDx } from "./cyclonedx.ts";
import { type Component, componentsOf, type SbomContent } from "./document.ts";
import { readSbom } from "./read/read-sbom.ts";
import type { DocumentComponent, SbomDocument } from "./read/sbom-document.ts";
import { spdx } from "./spdx.ts";
import { spdx3 } from "./spdx3.ts";

const FORMATS: readonly (readonly [string, (content: SbomContent) => object])[] = [
  ["CycloneDX 1.6", (content) => cycloneDx(content, "1.6")],
  ["CycloneDX 1.7", (content) => cycloneDx(content, "1.7")],
  ["SPDX 2.3", spdx],
  ["SPDX 3.0.1", spdx3],
];

function written(document: object): SbomDocument {
  const result = readSbom(Buffer.from(JSON.stringify(document)), "a.json");
  if (!("document" in result)) throw new Error(JSON.stringify(result));
  return result.document;
}

/** Facts of a document's component, as catalogers give them. */
function factsIn(
  { facts, places, catalogers, hidden, ofBase, ofDistribution }: DocumentComponent,
  layers: readonly string[],
) {
  const [{ path, inside, layer } = { path: "" }] = places;
  return {
    ...facts,
    path,
    ...(inside === undefined ? {} : { inside }),
    layer: layers.indexOf(layer ?? ""),
    catalogers,
    ...(hidden === undefined ? {} : { hidden }),
    ...(ofBase === undefined ? {} : { ofBase }),
    ...(ofDistribution === undefined ? {} : { ofDistribution }),
  };
}

function factsOf({ facts: { cataloger: _cataloger, ...facts }, catalogers }: Component) {
  return { ...facts, catalogers };
}

function missingOf(facts: ComponentFacts, os: OsFacts | undefined): readonly string[] {
  const isReleased = !isDistributions(facts) || os !== undefined;
  return [...(facts.version === "" ? ["version"] : []), ...(isReleased ? [] : ["distro"])];
}

describe.each(FORMATS)("%s", (name, write) => {
  test("gives back the components, the system and the image that were written", () => {
    fc.assert(
      fc.property(sbomContents, (content) => {
        const components = componentsOf(content);
        const read = written(write(content));
        const layers = content.subject.diffIds;
        expect(read.components.map((one) => factsIn(one, layers))).toEqual(components.map(factsOf));
        expect(read.components.map(({ purl }) => purl)).toEqual(components.map(({ purl }) => purl));
        expect(read.components.map(({ missing }) => missing)).toEqual(
          components.map(({ facts }) => missingOf(facts, content.packages.os)),
        );
        expect(read.os).toEqual(content.packages.os);
        expect(read.subject?.diffIds).toEqual(layers);
        expect(read.subject?.digests).toContain(digestOf(255));
        expect(read.incomplete.filter((one) => one !== "incomplete")).toEqual([
          ...new Set(content.gaps.map(({ en }) => en)),
        ]);
        expect(read.incomplete.length > 0).toBe(content.gaps.length > 0);
        expect([`${read.format} ${read.version}`, read.remarks]).toEqual([name, []]);
        const releases = read.components.flatMap(({ facts, os }) =>
          facts !== undefined && isDistributions(facts) ? [[os?.id, os?.version]] : [],
        );
        const { os } = content.packages;
        expect(releases).toEqual(releases.map(() => [os?.id, os?.version]));
      }),
    );
  });
});
