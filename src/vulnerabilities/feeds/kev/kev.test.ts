import { expect, test } from "vitest";
import { factsOf } from "../../../../test/fixtures/feed-facts.ts";
import { cisaKev, euKev } from "./kev.ts";

function listed(by: string, since?: string): string {
  return JSON.stringify({ severities: [], exploited: [since === undefined ? { by } : { by, since }] });
}

test("CISA's list gives its date, and each CVE with its day", () => {
  const document = {
    catalogVersion: "2026.06.13",
    dateReleased: "2026-06-13T10:00:00.1Z",
    vulnerabilities: [
      { cveID: "CVE-2026-0001", dateAdded: "2026-06-12" },
      { cveID: "CVE-2026-0002", dateAdded: "soon" },
      { cveID: "CVE-1", dateAdded: "2026-06-12" },
    ],
  };
  expect(cisaKev.recognises(document)).toBe(true);
  expect(factsOf(cisaKev, document)).toEqual([
    "dated 2026-06-13T10:00:00.1Z",
    `cve CVE-2026-0001 ${listed("CISA KEV", "2026-06-12")} 2026-06-12`,
    `cve CVE-2026-0002 ${listed("CISA KEV")}`,
    "malformed CVE-1",
  ]);
});

test.each([[{ catalogVersion: "1", vulnerabilities: {} }], [{ vulnerabilities: [] }], [{ title: "CISA" }]])(
  "%j is not CISA's list",
  (document) => {
    expect(cisaKev.recognises(document)).toBe(false);
  },
);

test("CISA's list without a date has none", () => {
  expect(factsOf(cisaKev, { catalogVersion: "1", vulnerabilities: [] })).toEqual([]);
});

test.each(
  "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ").map((month, at) => [month, at + 1] as const),
)("%s is month %i of the Union's days", (month, number) => {
  const of = (day: string) => ({
    aliases: "CVE-2026-0001",
    exploitedSince: `${month} ${day}, 2025, 12:00:00 AM`,
  });
  const date = (day: string) => `2025-${String(number).padStart(2, "0")}-${day}`;
  expect(factsOf(euKev, of("9"))).toEqual([
    `cve CVE-2026-0001 ${listed("EU KEV", date("09"))} ${date("09")}`,
  ]);
  expect(factsOf(euKev, of("28"))).toEqual([
    `cve CVE-2026-0001 ${listed("EU KEV", date("28"))} ${date("28")}`,
  ]);
});

test.each([
  // The network's file, in one array.
  [
    { cveID: "CVE-2026-0001", euvdID: "EUVD-2026-1", dateReported: "2026/06/12" },
    [`cve CVE-2026-0001 ${listed("EU KEV", "2026-06-12")} 2026-06-12`],
  ],
  [{ cveID: "CVE-2026-0001", euvdID: "" }, [`cve CVE-2026-0001 ${listed("EU KEV")}`]],
  [{ cveID: "?", euvdID: "EUVD-2026-1" }, ["malformed ?"]],
  // ENISA's answers, of which one may name several.
  [
    { aliases: "CVE-2026-0001 GHSA-1\nCVE-2026-0002", exploitedSince: "2026-06-01T08:00:00Z" },
    ["CVE-2026-0001", "CVE-2026-0002"].map(
      (id) => `cve ${id} ${listed("EU KEV", "2026-06-01")} 2026-06-01T08:00:00Z`,
    ),
  ],
  [{ aliases: "CVE-2026-0001", exploitedSince: "Foo 9, 2025" }, [`cve CVE-2026-0001 ${listed("EU KEV")}`]],
  [{ aliases: "CVE-2026-0001", exploitedSince: "On Jun 9, 2025" }, [`cve CVE-2026-0001 ${listed("EU KEV")}`]],
  [{ aliases: "CVE-2026-0001", exploitedSince: "" }, []],
  [{ aliases: "GHSA-1", exploitedSince: "2026-06-01" }, []],
])("%j is an entry of the Union", (entry, facts) => {
  expect([euKev.recognises(entry), euKev.recognises({ items: [entry] })]).toEqual([true, true]);
  expect(factsOf(euKev, entry)).toEqual(facts);
  expect(factsOf(euKev, { items: [entry, entry] })).toEqual([...facts, ...facts]);
});

test.each([
  [{}],
  [{ items: [] }],
  [{ items: [7] }],
  [{ cveID: "CVE-2026-0001" }],
  [{ euvdID: "EUVD-2026-1" }],
  [{ cveID: 7, euvdID: "EUVD-2026-1" }],
  [{ aliases: ["CVE-2026-0001"], exploitedSince: "" }],
  [{ aliases: "CVE-2026-0001" }],
  [{ exploitedSince: "" }],
])("%j is not the Union's list", (document) => {
  expect(euKev.recognises(document)).toBe(false);
});
