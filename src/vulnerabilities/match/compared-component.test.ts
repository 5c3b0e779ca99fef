import fc from "fast-check";
import { expect, test } from "vitest";
import { sbomContents } from "../../../test/fixtures/sbom-contents.ts";
import { advisory, dataOf } from "../../../test/fixtures/vulnerability-data.ts";
import { recordedData } from "../database/recorded-answers.ts";
import type { RememberedComparison, VulnerabilityDatabase } from "../database.ts";
import { lookUpsOf } from "./look-ups.ts";
import { matchComponents } from "./match-components.ts";
import { componentsOfImage, type MatchedComponent } from "./matched-component.ts";

const TODAY = "2026-11-27";

/** Data with records about what the components look up: some fixed, some about a CVE that is exploited. */
function dataAbout(components: readonly MatchedComponent[]): VulnerabilityDatabase {
  const all = {
    holds: () => true,
    groupsOf: () => ["org.a"],
    isListed: () => false,
    records: { of: () => [advisory({ id: "X", ecosystem: "x", package: "x" })] },
  };
  const asked = components.flatMap(({ facts, os }) => {
    const found = lookUpsOf(facts, os, all);
    return "why" in found ? [] : found.lookUps;
  });
  const ids = asked.map((_, index) => `CVE-2026-${1000 + index}`);
  return dataOf({
    advisories: asked.map(({ ecosystem, name }, index) =>
      advisory({
        id: ids[index] ?? "",
        ecosystem,
        package: name,
        ...(index % 3 === 0 ? {} : { fixed: index % 3 === 1 ? "1:9999.0.0-1" : "9999.0.0" }),
      }),
    ),
    cves: Object.fromEntries(ids.map((id) => [id, { severities: [], exploited: [{ by: "CISA KEV" }] }])),
    endOfLife: { "debian 13": { on: "2026-01-01", isOver: true, source: "endoflife.date" } },
  });
}

/** The data with a memory without bounds. */
function remembering(data: VulnerabilityDatabase) {
  const held = new Map<string, RememberedComparison>();
  let hits = 0;
  const memory: VulnerabilityDatabase["memory"] = {
    get(key) {
      const known = held.get(key);
      if (known !== undefined) hits += 1;
      return known;
    },
    set: (key, one) => void held.set(key, one),
  };
  return { data: { ...data, memory }, held, hits: () => hits };
}

/** The components as other images have them: elsewhere, of a base, by another name, or of a distribution. */
const ELSEWHERE: readonly ((component: MatchedComponent, index: number) => MatchedComponent)[] = [
  (one, index) => ({ ...one, path: `other/${index}`, layer: 7 }),
  (one) => ({ ...one, ofBase: true }),
  (one, index) => (index % 2 === 0 ? { ...one, facts: { ...one.facts, alias: "another-name" } } : one),
  (one, index) => (index % 2 === 0 ? { ...one, ofDistribution: true } : one),
  (one, index) =>
    index % 2 === 0 ? { ...one, missing: ["upstream"] } : { ...one, missing: ["distribution"] },
  (one) => ({ ...one, os: { id: "debian", version: "12", name: "Debian GNU/Linux 12" } }),
  ({ facts }) => ({ facts, path: "elsewhere" }),
  (one, index) => (index % 2 === 0 ? { ...one, isOtherTools: true } : one),
  (one) => ({ ...one, facts: { ...one.facts, groupGuessed: true } }),
  (one) => ({ ...one, facts: { ...one.facts, version: `${one.facts.version}.1` } }),
];

test("images that share a memory have the results and the queries of images that are compared alone", () => {
  let [found, hits] = [0, 0];
  fc.assert(
    fc.property(sbomContents, ({ packages }) => {
      const components = componentsOfImage(packages);
      const data = dataAbout(components);
      const shared = remembering(data);
      const images = [components, ...ELSEWHERE.map((change) => components.map(change)), components];
      for (const image of images) {
        const [alone, together] = [recordedData(data), recordedData(shared.data)];
        const expected = matchComponents(image, alone.data, TODAY);
        expect(matchComponents(image, together.data, TODAY)).toEqual(expected);
        expect(new Map(together.answers)).toEqual(new Map(alone.answers));
        found += expected.findings.length;
      }
      hits += shared.hits();
    }),
  );
  expect(found).toBeGreaterThan(100);
  expect(hits).toBeGreaterThan(100);
});

const LODASH: MatchedComponent = { facts: { type: "npm", name: "lodash", version: "4.17.20" }, path: "a" };

test("one comparison serves a component at all its places", () => {
  const shared = remembering(
    dataOf({ advisories: [advisory({ id: "CVE-2026-1000", ecosystem: "npm", package: "lodash" })] }),
  );
  const placesOf = (component: MatchedComponent) =>
    matchComponents([component], shared.data, TODAY).findings.map(
      ({ component: { path, layer, ofBase } }) => ({
        path,
        layer,
        ofBase,
      }),
    );
  expect(placesOf(LODASH)).toEqual([{ path: "a" }]);
  expect(placesOf({ ...LODASH, path: "b", layer: 2, ofBase: true })).toEqual([
    { path: "b", layer: 2, ofBase: true },
  ]);
  expect(placesOf({ ...LODASH, os: { id: "alpine", version: "3.20.1" } })).toEqual([{ path: "a" }]);
  expect([shared.held.size, shared.hits()]).toEqual([1, 2]);
});

test("components of another tool's document are compared each time", () => {
  const shared = remembering(dataOf({ ecosystems: ["npm"] }));
  matchComponents([{ ...LODASH, isOtherTools: true }], shared.data, TODAY);
  expect(shared.held.size).toBe(0);
});
