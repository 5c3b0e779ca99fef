// Queries vulnerability data for the packages of 10,000 images, and prints the time: { "ms": 12.3,
// "findings": 500 }. Packages are generated as evidence holds them; reading files does not count.
//
// node affected-once.cjs DATA

import { affectedImages } from "../../../src/assess/affected-images.ts";
import { StoredComponents } from "../../../src/assess/stored-components.ts";
import { VulnerabilityJudge } from "../../../src/assess/vulnerability-judge.ts";
import type { ComponentFacts } from "../../../src/contract/package-facts.ts";
import { openDatabase } from "../../../src/vulnerabilities/database/open-database.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { NO_PACKAGES, sbomFacts } from "../../../test/fixtures/sbom-facts.ts";

const IMAGES = 10_000;
/** Packages per image; most come from a base that 500 images share. */
const [OF_BASE, OWN] = [80, 20];
const BASES = 20;
const TODAY = "2026-06-15";

const os = { id: "debian", version: "13" };
const bases = Array.from({ length: BASES }, (_, base) => packages("base", base * OF_BASE, OF_BASE));
const images = Array.from({ length: IMAGES }, (_, index) => {
  const own = packages("own", (index % 3_000) * OWN, OWN);
  const components = [...(bases[index % BASES] ?? []), ...own];
  return {
    image: imageFacts({ facts: { digest: `sha256:${String(index).padStart(64, "0")}` } }),
    sbom: sbomFacts({ packages: { ...NO_PACKAGES, os, components } }),
  };
});
const [directory = ""] = process.argv.slice(2);
const since = performance.now();
const stored = new StoredComponents();
for (const image of images) stored.add(image);
const data = openDatabase(directory, TODAY);
const found = affectedImages(stored, new VulnerabilityJudge(data, {}, { today: TODAY }), new Set()).affected;
const ms = performance.now() - since;
data.close();
process.stdout.write(`${JSON.stringify({ ms, findings: found.length, images: stored.images })}\n`);

/** Packages of Debian in a base, of npm otherwise; every tenth has a name that the data may contain. */
function packages(kind: "base" | "own", first: number, count: number): readonly ComponentFacts[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const isBase = kind === "base";
    // Numbers of names divisible by 3 are Debian's, the next ones npm's.
    const name = number % 10 === 0 ? `part-${(number % 900) * 3 + (isBase ? 0 : 1)}` : `${kind}-${number}`;
    return {
      type: isBase ? "deb" : "npm",
      name,
      version: "2.4.1",
      path: `/app/${number}`,
      layer: isBase ? 0 : 1,
      cataloger: isBase ? "dpkg" : "node-modules",
    };
  });
}
