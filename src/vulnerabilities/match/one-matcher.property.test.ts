import fc from "fast-check";
import { expect, test } from "vitest";
import { sbomContents } from "../../../test/fixtures/sbom-contents.ts";
import { advisory, dataOf } from "../../../test/fixtures/vulnerability-data.ts";
import { cycloneDx } from "../../sbom/documents/cyclonedx.ts";
import type { SbomContent } from "../../sbom/documents/document.ts";
import { readSbom } from "../../sbom/documents/read/read-sbom.ts";
import { spdx } from "../../sbom/documents/spdx.ts";
import { spdx3 } from "../../sbom/documents/spdx3.ts";
import type { VulnerabilityDatabase } from "../database.ts";
import { componentsOfDocument } from "./document-components.ts";
import { lookUpsOf } from "./look-ups.ts";
import { matchComponents } from "./match-components.ts";
import { componentsOfImage } from "./matched-component.ts";

const TODAY = "2026-11-27";
const FORMATS: readonly (readonly [string, (content: SbomContent) => object])[] = [
  ["CycloneDX 1.6", (content) => cycloneDx(content, "1.6")],
  ["CycloneDX 1.7", (content) => cycloneDx(content, "1.7")],
  ["SPDX 2.3", spdx],
  ["SPDX 3.0.1", spdx3],
];

/** Data with a record for each name that is looked up. */
function dataAbout({ packages }: SbomContent): VulnerabilityDatabase {
  const all = {
    holds: () => true,
    groupsOf: () => ["org.a"],
    isListed: () => false,
    records: { of: () => [advisory({ id: "X", ecosystem: "x", package: "x" })] },
  };
  const asked = packages.components.flatMap((facts) => {
    const found = lookUpsOf(facts, packages.os, all);
    return "why" in found ? [] : found.lookUps;
  });
  return dataOf({
    advisories: asked.map(({ ecosystem, name }, index) =>
      advisory({
        id: `X-${index}`,
        ecosystem,
        package: name,
        ...(index % 3 === 0 ? {} : { fixed: index % 3 === 1 ? "1:9999.0.0-1" : "9999.0.0" }),
      }),
    ),
    endOfLife: { "debian 13": { on: "2026-01-01", isOver: true, source: "endoflife.date" } },
  });
}

test.each(FORMATS)("an image and its document in %s have the same vulnerabilities", (_, write) => {
  let found = 0;
  fc.assert(
    fc.property(sbomContents, (content) => {
      const data = dataAbout(content);
      const read = readSbom(Buffer.from(JSON.stringify(write(content))), "a.json");
      if (!("document" in read)) throw new Error(JSON.stringify(read));
      const ofImage = matchComponents(componentsOfImage(content.packages), data, TODAY);
      expect(matchComponents(componentsOfDocument(read.document), data, TODAY)).toEqual(ofImage);
      found += ofImage.findings.length;
    }),
  );
  expect(found).toBeGreaterThan(20);
});
