import { expect, test } from "vitest";
import { feedFacts } from "../../../../test/fixtures/feed-facts.ts";
import type { Advisory } from "../../advisory.ts";
import { nodeCore } from "./node-core.ts";

const ENTRY = { cve: ["CVE-2026-48617"], vulnerable: "22.x", patched: "^22.23.0" };

function read(document: Readonly<Record<string, unknown>>) {
  const advisories: Advisory[] = [];
  const { facts, sink } = feedFacts();
  const dates: string[] = [];
  nodeCore.read(
    document,
    {
      ...sink,
      advisories: (found, modified) => {
        advisories.push(...found);
        dates.push(modified);
      },
    },
    "index.json",
  );
  return { advisories, dates, facts };
}

/** `22.0.0 fixed 22.23.0`, for each range. */
function ranges(vulnerable: string, patched: string): readonly string[] | undefined {
  return read({ "1": { ...ENTRY, vulnerable, patched } }).advisories[0]?.affected.ranges?.map(
    ({ type, events: [first, second] }) =>
      `${type} ${first?.event} ${first?.version} ${second?.event} ${second?.version}`,
  );
}

// Forms of https://github.com/nodejs/security-wg/tree/main/vuln/core
test.each([
  ["22.x", "^22.23.0", ["SEMVER introduced 22.0.0 fixed 22.23.0"]],
  ["v22.x", "v22.23.0", ["SEMVER introduced 22.0.0 fixed 22.23.0"]],
  ["22", "22.23", ["SEMVER introduced 22.0.0 fixed 22.23.0"]],
  ["22.1.x", "^22.23.0", ["SEMVER introduced 22.1.0 fixed 22.23.0"]],
  ["^8.1.4", "^8.2.0", ["SEMVER introduced 8.1.4 fixed 8.2.0"]],
  ["~0.10.47", "~0.10.48", ["SEMVER introduced 0.10.47 fixed 0.10.48"]],
  ["0.10.x", "^0.12.1", ["SEMVER introduced 0.10.0 limit 0.11.0-0"]],
  ["0.x", "^0.12.1", ["SEMVER introduced 0.0.0 limit 1.0.0-0"]],
  ["<= 0.10.3", "", ["SEMVER introduced 0.10.0 last_affected 0.10.3"]],
  ["< 5.6.0", "", ["SEMVER introduced 5.0.0 fixed 5.6.0"]],
  ["<=5.6.0", "^5.6.1", ["SEMVER introduced 5.0.0 last_affected 5.6.0"]],
  [">=18.0.0", "^18.20.1", ["SEMVER introduced 18.0.0 fixed 18.20.1"]],
  [">18.0.0", "", ["SEMVER introduced 18.0.0 limit 19.0.0-0"]],
  ["6.2.1", "^6.3.0", ["SEMVER introduced 6.2.1 last_affected 6.2.1"]],
  ["6.2", "", ["SEMVER introduced 6.2.0 limit 7.0.0-0"]],
  [
    "6.x ||  || 7.x ",
    " ^7.1.0",
    ["SEMVER introduced 6.0.0 limit 7.0.0-0", "SEMVER introduced 7.0.0 fixed 7.1.0"],
  ],
  ["6.x", "all of them", ["SEMVER introduced 6.0.0 limit 7.0.0-0"]],
  ["", "", []],
])("%j, patched %j: %j", (vulnerable, patched, expected) => {
  expect(ranges(vulnerable, patched)).toEqual(expected);
});

test.each(["all", "22.x.y", "1.2.3.4", "1234", "x22", "22.x-rc", "=22.1.0"])(
  "%j is no range",
  (vulnerable) => {
    expect(read({ "1": { ...ENTRY, vulnerable, ref: "https://a.example\nmore" } }).facts).toEqual([
      "malformed https://a.example",
    ]);
  },
);

test("an advisory has all that its entry says", () => {
  const entry = {
    ...ENTRY,
    cve: ["CVE-2026-48617", "CVE-2026-48618"],
    severity: "HIGH",
    description: "Bypass\nin detail",
    overview: "Overview",
    publishedDate: "2026-06-01",
  };
  const { advisories, dates } = read(entry);
  expect(dates).toEqual(["2026-06-01"]);
  expect(advisories).toEqual([
    {
      id: "CVE-2026-48617",
      aliases: ["CVE-2026-48618"],
      feed: "node-core",
      ecosystem: "Bitnami",
      package: "node",
      affected: {
        ranges: [
          {
            type: "SEMVER",
            events: [
              { event: "introduced", version: "22.0.0" },
              { event: "fixed", version: "22.23.0" },
            ],
          },
        ],
      },
      severities: [{ by: "Node.js", word: "high" }],
      summary: "Bypass",
      published: "2026-06-01",
    },
  ]);
  expect(read({ ...entry, description: "" }).advisories).toMatchObject([{ summary: "Overview" }]);
});

test("what an entry does not say is absent", () => {
  const [found] = read({ "1": ENTRY }).advisories;
  expect(found?.severities).toEqual([]);
  expect(found).not.toHaveProperty("summary");
  expect(found).not.toHaveProperty("published");
  expect(read({ "1": { ...ENTRY, severity: "unknown" } }).advisories[0]?.severities).toEqual([]);
});

test.each([
  [{ "1": { ...ENTRY, cve: [] } }, ["malformed"]],
  [{ "1": { ...ENTRY, cve: ["\n"] } }, ["malformed"]],
  [{ "1": ENTRY, "2": 7, "3": { cve: ["CVE-2026-1"] } }, ["malformed", "malformed"]],
])("of %j, what is no advisory is told", (document, facts) => {
  expect(read(document).facts.map((fact) => fact.trim())).toEqual(facts);
});

test.each([
  [{}],
  [{ "1": { cve: "CVE-2026-1", vulnerable: "1.x" } }],
  [{ "1": { cve: [], vulnerable: 7 } }],
  [{ "1": [] }],
])("%j is no list of Node's", (document) => {
  expect(nodeCore.recognises(document)).toBe(false);
});

test("a single entry and a list are recognised", () => {
  expect([nodeCore.recognises(ENTRY), nodeCore.recognises({ "1": ENTRY })]).toEqual([true, true]);
});
