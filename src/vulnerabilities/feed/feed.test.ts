import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { epssReader } from "../feeds/epss/epss.ts";
import { FEED_FORMATS } from "../feeds/recognise.ts";
import { FEEDS, type FeedSink, tells } from "./feed.ts";

/** Both lists of exploited vulnerabilities are in one folder. */
const FOLDERS: Readonly<Record<string, string>> = { "eu-kev": "kev" };

test("every feed of the table is read by somebody, and every reader's feed is in the table", () => {
  // EPSS is CSV, so it has a reader of its own.
  expect(epssReader).toBeTypeOf("function");
  const read = [...FEED_FORMATS.map(({ feed }) => feed), "epss"];
  expect(read.toSorted()).toEqual(Object.keys(FEEDS).toSorted());
});

test("every feed has its folder, and every folder its feed", () => {
  const folders = readdirSync(join(import.meta.dirname, "../feeds"), { withFileTypes: true }).flatMap(
    (entry) => (entry.isDirectory() ? [entry.name] : []),
  );
  const wanted = new Set(Object.keys(FEEDS).map((feed) => FOLDERS[feed] ?? feed));
  expect(folders.toSorted()).toEqual([...wanted].toSorted());
});

test("what is not in the table tells nothing", () => {
  expect([tells("kev", "exploited"), tells("kev", "support"), tells("toString", "cves")]).toEqual([
    true,
    false,
    false,
  ]);
});

/** Kinds of facts that a feed put into the database, in the words of FEEDS. */
function sinkOf(told: Set<string>): FeedSink {
  return {
    now: "2026-11-28T12:00:00.000Z",
    advisories: (found) => void (found.length > 0 && told.add("advisories")),
    cve: (_, { exploited }) => {
      told.add("cves");
      if (exploited.length > 0) told.add("exploited");
    },
    endOfLife: () => void told.add("support"),
    within: () => {},
    dated: () => {},
    malformed: () => {},
  };
}

test.each([
  ["kev", { catalogVersion: "1", vulnerabilities: [{ cveID: "CVE-2026-1111", dateAdded: "2026-06-12" }] }],
  [
    "osv",
    {
      id: "GHSA-1",
      modified: "2026-06-12T00:00:00Z",
      affected: [{ package: { ecosystem: "npm", name: "a" }, versions: ["1.0.0"] }],
    },
  ],
] as const)("%s tells what the table says", (feed, document) => {
  const told = new Set<string>();
  const format = FEED_FORMATS.find((one) => one.feed === feed);
  expect(format?.recognises(document)).toBe(true);
  format?.read(document, sinkOf(told), "a.json");
  expect([...told].toSorted()).toEqual([...FEEDS[feed]].toSorted());
});
