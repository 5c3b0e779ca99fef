import fc from "fast-check";
import { expect, test } from "vitest";
import { sbomContents } from "../../../test/fixtures/sbom-contents.ts";
import { advisory, dataOf, type GivenData } from "../../../test/fixtures/vulnerability-data.ts";
import type { Advisory } from "../advisory.ts";
import type { VulnerabilityDatabase } from "../database.ts";
import { lookUpsOf } from "../match/look-ups.ts";
import { matchComponents } from "../match/match-components.ts";
import { componentsOfImage, type MatchedComponent } from "../match/matched-component.ts";
import { answerOf, recordedData } from "./recorded-answers.ts";

const TODAY = "2026-11-27";

/** Records of what the components look up, and of a package that none of them has. */
function recordsAbout(components: readonly MatchedComponent[]): readonly Advisory[] {
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
  return [{ ecosystem: "npm", name: "nobody-has-it" }, ...asked].map(({ ecosystem, name }, index) =>
    advisory({ id: `CVE-2026-${1000 + index}`, ecosystem, package: name, fixed: "9999.0.0" }),
  );
}

/** A change of data between two days, of the record with a number. */
const CHANGES: readonly ((given: GivenData, one: Advisory) => GivenData)[] = [
  (given) => ({ ...given, date: "2026-11-28" }),
  (given, one) => ({ ...given, advisories: without(given, one) }),
  (given, one) => changed(given, one, { aliases: ["GHSA-new"] }),
  (given, one) => changed(given, one, { severities: [{ by: "GHSA", score: 9.8, word: "critical" }] }),
  (given, one) => changed(given, one, { affected: { ranges: [] } }),
  (given, one) => changed(given, one, { decision: "not-affected" }),
  (given, one) => changed(given, one, { package: one.package.toUpperCase() }),
  (given, one) => ({ ...given, cves: { [one.id]: { severities: [], exploited: [{ by: "CISA KEV" }] } } }),
  (given, one) => ({ ...given, cves: { [one.id]: { severities: [], exploited: [], isRejected: true } } }),
  (given) => ({ ...given, ecosystems: [...(given.ecosystems ?? []), "PyPI", "Debian:13", "Bitnami"] }),
  (given) => ({ ...given, endOfLife: { "debian 13": { on: "2026-11-01", isOver: true, source: "e" } } }),
  (given) => ({ ...given, supportUnknown: true }),
];

const without = ({ advisories = [] }: GivenData, one: Advisory) =>
  advisories.filter((other) => other !== one);

function changed(given: GivenData, one: Advisory, fields: Partial<Advisory>): GivenData {
  return { ...given, advisories: [...without(given, one), { ...one, ...fields }] };
}

/** Test for data whose answers differ from the recorded ones. */
function isTouched(answers: ReadonlyMap<string, string>, data: VulnerabilityDatabase): boolean {
  return [...answers].some(([query, answer]) => answerOf(data, query) !== answer);
}

test("where all recorded answers are the same, the comparison by other data has the same result", () => {
  const seen = { touched: 0, untouched: 0, differs: 0 };
  fc.assert(
    fc.property(sbomContents, fc.nat(), fc.nat(), ({ packages }, which, kind) => {
      const components = componentsOfImage(packages);
      const advisories = recordsAbout(components);
      const given: GivenData = { advisories, ecosystems: ["npm"] };
      const one = advisories[which % advisories.length];
      if (one === undefined) throw new Error("no record");
      const after = dataOf(CHANGES[kind % CHANGES.length]?.(given, one) ?? given);
      const recorded = recordedData(dataOf(given));
      const { sources: _, ...facts } = matchComponents(components, recorded.data, TODAY);
      const { sources, ...now } = matchComponents(components, after, TODAY);
      expect(sources).toEqual(after.sources);
      const isSame = JSON.stringify(now) === JSON.stringify(facts);
      const touched = isTouched(recorded.answers, after);
      expect(isSame || touched).toBe(true);
      seen[touched ? "touched" : "untouched"] += 1;
      if (!isSame) seen.differs += 1;
    }),
    { numRuns: 200 },
  );
  expect(seen.touched).toBeGreaterThan(10);
  expect(seen.untouched).toBeGreaterThan(10);
  expect(seen.differs).toBeGreaterThan(3);
});

test("every query is recorded once with its first answer, and answered again by its text", () => {
  const data = dataOf({
    advisories: [advisory({ id: "GHSA-1", ecosystem: "Maven", package: "org.a:b" })],
    cves: { "CVE-1": { severities: [], exploited: [] } },
  });
  const recorded = recordedData(data);
  for (let time = 0; time < 2; time++) {
    expect(recorded.data.advisoriesOf("Maven", "org.a:b")).toHaveLength(1);
    expect(recorded.data.advisoriesOf("Maven", "\u{0}")).toEqual([]);
    expect(recorded.data.groupsOf("b")).toEqual(["org.a"]);
    expect(recorded.data.holds("npm")).toBe(false);
    expect(recorded.data.cve("CVE-1")).toBeDefined();
    expect(recorded.data.cve("CVE-2")).toBeUndefined();
    expect(recorded.data.endOfLife("debian", "13")).toBeDefined();
  }
  expect(recorded.answers.size).toBe(7);
  expect(isTouched(recorded.answers, data)).toBe(false);
  expect(isTouched(recorded.answers, dataOf({}))).toBe(true);
  expect(answerOf(data, '["ofAnotherVersion","a"]')).toBeUndefined();
  recorded.data.close();
});
