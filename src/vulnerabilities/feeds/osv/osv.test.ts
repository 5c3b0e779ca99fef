import { describe, expect, test } from "vitest";
import { osvRecord } from "../../../../test/fixtures/osv-records.ts";
import type { Fields } from "../../../json/fields.ts";
import type { Advisory } from "../../advisory.ts";
import { osv } from "./osv.ts";

const NOW = "2026-06-15T00:00:00Z";

/** What the record gives at this time; `malformed` names what cannot be used. */
function read(document: object) {
  const found: { advisories: readonly Advisory[]; modified?: string; malformed?: string } = {
    advisories: [],
  };
  osv.read(
    document as Fields,
    {
      now: NOW,
      advisories: (advisories: readonly Advisory[], modified: string) =>
        Object.assign(found, { advisories, modified }),
      malformed: (malformed: string) => Object.assign(found, { malformed }),
    } as never,
    "",
  );
  return found;
}

const entry = (ecosystem: string, name: string, more: object = {}) => ({
  package: { ecosystem, name },
  ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "2" }] }],
  ...more,
});
const of = (id: string, ecosystem: string, more: object = {}) =>
  osvRecord(id, "a", { affected: [entry(ecosystem, "a")], ...more });
const first = (document: object) => read(document).advisories[0];

describe("recognises", () => {
  const least = { id: "A-1", modified: "2026-06-01T00:00:00Z" };
  test.each([
    [{ ...least, affected: [] }, true],
    [{ ...least, schema_version: "1.7.0" }, true],
    [{ ...least, withdrawn: "2026-06-01T00:00:00Z" }, true],
    [{ ...least, details: "x" }, true],
    [{ ...least, affected: {} }, false],
    [least, false],
    [{ ...least, id: "", affected: [] }, false],
    [{ id: "A-1", affected: [] }, false],
    [{ modified: least.modified, affected: [] }, false],
  ])("%j: %s", (document, expected) => {
    expect(osv.recognises(document as Fields)).toBe(expected);
  });
});

test("a record has all that is needed of it", () => {
  expect(read(osvRecord("GHSA-a", "lodash"))).toEqual({
    advisories: [
      {
        id: "GHSA-a",
        aliases: [],
        feed: "osv",
        ecosystem: "npm",
        package: "lodash",
        affected: {
          ranges: [
            {
              type: "SEMVER",
              events: [
                { event: "introduced", version: "0" },
                { event: "fixed", version: "1.2.3" },
              ],
            },
          ],
        },
        severities: [],
        summary: "A flaw of lodash",
        published: "2026-06-01T08:00:00Z",
        modified: "2026-06-14T08:00:00Z",
      },
    ],
    modified: "2026-06-14T08:00:00Z",
  });
});

test("each entry is an advisory, unless it names no package", () => {
  const affected = [
    entry("npm", "a"),
    entry("npm", "b"),
    entry("", "c"),
    entry("npm", ""),
    {},
    null,
    "text",
    entry("PyPI", "d"),
  ];
  const { advisories } = read(osvRecord("A-1", "", { affected }));
  expect(advisories.map(({ ecosystem, package: name }) => `${ecosystem} ${name}`)).toEqual([
    "npm a",
    "npm b",
    "PyPI d",
  ]);
});

test.each([
  ["no list", { affected: {} }],
  ["no id", { id: "" }],
])("%s is malformed", (_, changes) => {
  const { malformed, advisories, modified } = read(osvRecord("A-1", "a", changes));
  expect([malformed, advisories, modified]).toEqual([expect.any(String), [], undefined]);
});

test.each([
  ["2026-06-14T23:59:59Z", 0],
  [NOW, 0],
  ["2026-06-15T00:00:01Z", 1],
  ["soon", 1],
  [undefined, 1],
])("a record withdrawn at %s has %i advisories", (withdrawn, count) => {
  const { advisories, modified } = read(osvRecord("A-1", "a", { withdrawn }));
  expect([advisories.length, modified]).toEqual([count, "2026-06-14T08:00:00Z"]);
});

describe("other names", () => {
  test.each([
    [
      "aliases and upstream, each once",
      "npm",
      { aliases: ["CVE-2026-1111", "X-1"], upstream: ["X-1", "X-2"] },
      ["CVE-2026-1111", "X-1", "X-2"],
    ],
    ["neither its own nor an empty one", "npm", { aliases: ["A-1", "", 7, "X-1"] }, ["X-1"]],
    [
      "related CVEs of a distribution's notice without a CVE",
      "Debian:12",
      { related: ["CVE-2026-1111", "DSA-2"] },
      ["CVE-2026-1111"],
    ],
    [
      "the same of rpm",
      "Red Hat:enterprise_linux:9::appstream",
      { related: ["CVE-2026-1111"] },
      ["CVE-2026-1111"],
    ],
    [
      "the same of apk",
      "Alpine:v3.20",
      { aliases: ["X-1"], related: ["CVE-2026-1111"] },
      ["X-1", "CVE-2026-1111"],
    ],
    [
      "no related ones beside a CVE",
      "Debian:12",
      { aliases: ["CVE-2026-2222"], related: ["CVE-2026-1111"] },
      ["CVE-2026-2222"],
    ],
    ["no related ones of others' records", "npm", { related: ["CVE-2026-1111"] }, []],
    ["no related ones of an unknown ecosystem", "Nobody", { related: ["CVE-2026-1111"] }, []],
  ])("are %s", (_, ecosystem, more, aliases) => {
    expect(first(of("A-1", ecosystem, more))?.aliases).toEqual(aliases);
  });

  test("a record that is named by its CVE needs no related ones", () => {
    const record = of("DEBIAN-CVE-2026-1111", "Debian:12", { related: ["CVE-2026-2222"] });
    expect(first(record)?.aliases).toEqual([]);
  });

  test("are no more than the bound", () => {
    const aliases = Array.from({ length: 1_001 }, (_, at) => `X-${at}`);
    expect(first(of("A-1", "npm", { aliases }))?.aliases).toHaveLength(1_000);
  });
});

test.each([
  ["Debian:12", "unimportant", "unimportant"],
  ["Debian:12", "end-of-life", "end-of-life"],
  ["Debian:12", "not yet assigned", undefined],
  ["Debian:12", undefined, undefined],
  ["Ubuntu:24.04:LTS", "unimportant", undefined],
])("the decision of %s for the urgency %s: %s", (ecosystem, urgency, decision) => {
  const affected = [entry(ecosystem, "a", { ecosystem_specific: { urgency } })];
  const advisory = first(osvRecord("A-1", "", { affected }));
  expect(advisory?.decision).toBe(decision);
  expect(Object.hasOwn(advisory ?? {}, "decision")).toBe(decision !== undefined);
});

test.each([
  [{ summary: "Short", details: "Long" }, "Short"],
  [{ summary: "", details: "Long\nand longer" }, "Long"],
  [{ summary: undefined, details: undefined }, undefined],
])("the summary of %j is %s", (texts, summary) => {
  const advisory = first(of("A-1", "npm", texts));
  expect(advisory?.summary).toBe(summary);
  expect(Object.hasOwn(advisory ?? {}, "summary")).toBe(summary !== undefined);
});

test("malware is known by its id; dates that are none are absent; a severity stated twice is one", () => {
  expect(first(of("MAL-2026-1", "npm"))?.isMalware).toBe(true);
  const severity = [
    { type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
    { type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
  ];
  const plain = first(of("GHSA-MAL-1", "npm", { published: "x", severity }));
  expect(plain).not.toHaveProperty("isMalware");
  expect(plain).not.toHaveProperty("published");
  expect(plain?.severities).toHaveLength(1);
});
