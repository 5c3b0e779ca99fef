import { expect, test } from "vitest";
import type { Advisory } from "../../advisory.ts";
import type { AdvisoryRow } from "./advisory-row.ts";
import { advisoriesOfRow, advisoryRow } from "./advisory-row.ts";
import { type CveRow, cveRow, factsOfRows } from "./cve-row.ts";
import { endOfLifeOf, endOfLifeRow } from "./end-of-life-row.ts";
import { advisoryKey, cveKey, endOfLifeKey, familyOf, groupsKey, releaseOf, statedName } from "./keys.ts";

const WHOLE: Advisory = {
  id: "GHSA-1",
  aliases: ["CVE-2026-1111", "X-1"],
  feed: "osv",
  ecosystem: "npm",
  package: "JSONStream",
  affected: {
    versions: ["1.0.0", "1.0.1"],
    ranges: [
      {
        type: "SEMVER",
        events: [
          { event: "introduced", version: "0" },
          { event: "fixed", version: "1.2.3" },
          { event: "last_affected", version: "2.0.0" },
          { event: "limit", version: "*" },
        ],
      },
      { type: "GIT", events: [{ event: "introduced", version: "abc" }] },
    ],
  },
  decision: "ignored",
  severities: [
    { by: "GHSA", vector: "AV:N" },
    { by: "CNA", score: 0 },
    { by: "NVD", vector: "AV:N", score: 9.8, word: "critical" },
    { by: "Debian", word: "low" },
  ],
  summary: "A flaw",
  published: "2026-06-01",
  modified: "2026-06-02",
  isMalware: true,
};
const BARE: Advisory = {
  id: "CVE-2026-2222",
  aliases: [],
  feed: "osv",
  ecosystem: "Debian:13",
  package: "curl",
  affected: {},
  severities: [],
};

function read(row: string, ecosystem: string, name: string) {
  return advisoriesOfRow(JSON.parse(row) as AdvisoryRow, "osv", ecosystem, name);
}

test("an advisory is the same when it is read again", () => {
  expect(read(advisoryRow([WHOLE]), "npm", "jsonstream")).toEqual([WHOLE]);
  expect(read(advisoryRow([BARE]), "Debian:13", "curl")).toEqual([BARE]);
});

test("statements about several releases are one row, each read for its release", () => {
  const at = (release: string, changes: Partial<Advisory> = {}): Advisory => ({
    ...BARE,
    ecosystem: `Debian:${release}`,
    severities: [{ by: "Debian", word: "low" }],
    ...changes,
  });
  const own = at("11", { severities: [{ by: "Debian", word: "high" }], decision: "postponed" });
  for (const all of [
    [at("13"), at("12"), own],
    [own, at("13"), at("12")],
  ] as const) {
    const row = advisoryRow(all);
    expect(read(row, "Debian:13", "curl")).toEqual([at("13")]);
    expect(read(row, "Debian:12", "curl")).toEqual([at("12")]);
    expect(read(row, "Debian:11", "curl")).toEqual([own]);
    expect(read(row, "Debian:10", "curl")).toEqual([]);
  }
  expect(JSON.parse(advisoryRow([at("13"), at("12")]))).toHaveLength(8);
  expect(JSON.parse(advisoryRow([at("13"), own]))).toHaveLength(9);
});

test("facts of a CVE are the same when they are read again, and joined from all sources", () => {
  const rows = (...facts: readonly Parameters<typeof cveRow>[0][]) =>
    factsOfRows(facts.map((one) => JSON.parse(cveRow(one)) as CveRow));
  const [older, newer] = ["2026-06-01", "2026-06-02"].map((date, at) => ({
    severities: [{ by: `A${at}`, score: at }],
    exploited: at === 0 ? [{ by: "EU KEV" }] : [{ by: "CISA KEV", since: date }, { by: "X" }],
    epss: { score: at, percentile: 0.5, date },
    published: date,
  }));
  if (older === undefined || newer === undefined) throw new Error("two are made");
  expect(rows(older)).toEqual(older);
  for (const all of [
    [older, newer],
    [newer, older],
  ] as const) {
    expect(rows(...all)).toEqual({
      severities: all.flatMap(({ severities }) => severities),
      exploited: all.flatMap(({ exploited }) => exploited),
      epss: newer.epss,
      published: older.published,
    });
  }
  const rejected = { severities: [], exploited: [], isRejected: true } as const;
  expect(rows(rejected)).toEqual(rejected);
  expect(rows(newer, rejected)).toMatchObject({ isRejected: true, published: newer.published });
  expect(rows({ severities: [], exploited: [] })).toEqual({ severities: [], exploited: [] });
  expect(factsOfRows([])).toBeUndefined();
});

test.each([
  [{ on: "2026-06-14" }, { on: "2026-06-14", isOver: true }],
  [{ on: "2026-06-15" }, { on: "2026-06-15", isOver: false }],
  [{ on: true }, { isOver: true }],
  [{ on: false }, { isOver: false }],
  [
    { on: "2026-06-14", extendedTo: "2028-01-01" },
    { on: "2026-06-14", isOver: true, extendedTo: "2028-01-01" },
  ],
])("the end %j is %j on its day", (stated, expected) => {
  expect(endOfLifeOf(JSON.parse(endOfLifeRow(stated, "s")), "2026-06-15")).toEqual({
    ...expected,
    source: "s",
  });
});

test("keys are of one kind each, by family and normal name", () => {
  expect([
    advisoryKey("Debian:13", "R"),
    advisoryKey("npm", "JSONStream"),
    advisoryKey("Nothing:1", "A"),
  ]).toEqual(["a Debian R", "a npm jsonstream", "a Nothing A"]);
  expect([groupsKey("core"), groupsKey(""), cveKey("CVE-1"), endOfLifeKey("debian", "12")]).toEqual([
    "g core",
    "g ",
    "c CVE-1",
    "e debian 12",
  ]);
  expect([
    familyOf("Debian:13"),
    familyOf("npm"),
    releaseOf("Debian:13"),
    releaseOf("npm"),
    releaseOf("A:b:c"),
  ]).toEqual(["Debian", "npm", "13", "", "b:c"]);
});

test.each([
  ["npm", "JSONStream", "JSONStream"],
  ["npm", "jsonstream", undefined],
  ["Go", "github.com/Azure/a", "github.com/Azure/a"],
  // The case of other ecosystems' names is lost for good, as it means nothing.
  ["NuGet", "Newtonsoft.Json", undefined],
  ["Maven", "org.A:b", undefined],
  ["Nothing", "A", undefined],
])("a row of %s about %s keeps the name %s", (ecosystem, name, expected) => {
  expect(statedName(ecosystem, name)).toBe(expected);
});
