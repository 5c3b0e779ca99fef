import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { fieldsOf } from "../../json/fields.ts";
import { catalogSource, isMissing, readCatalog } from "./catalog.ts";
import { parseDataIndex } from "./data-index.ts";
import { chainFrom, indexedDelta, usefulDeltas } from "./indexed-delta.ts";

const HASH = "0".repeat(64);
const SOURCE = {
  name: "osv:npm",
  feed: "osv",
  records: 2,
  date: "2026-06-14",
  dateFrom: "server",
  imported: "2026-06-15",
  ecosystems: { npm: 2 },
  file: `${HASH}.table`,
  bytes: 10,
  sha256: HASH,
  content: HASH,
};

test("a source is read with all its fields, and a download with what it states", () => {
  expect(catalogSource(SOURCE)).toEqual(SOURCE);
  const download = { url: "https://a.example/all.zip", etag: '"1"', lastModified: "Mon" };
  expect(catalogSource({ ...SOURCE, download })).toEqual({ ...SOURCE, download });
  for (const given of [
    { url: "https://a.example/" },
    { ...download, etag: 1 },
    { ...download, lastModified: 1 },
  ])
    expect(catalogSource({ ...SOURCE, download: given })?.download).toEqual(
      Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === "string")),
    );
  expect(catalogSource({ ...SOURCE, download: { etag: '"1"' } })).not.toHaveProperty("download");
});

test.each(["content", "stated", "server", "file"])("a date may be from its %s", (dateFrom) => {
  expect(catalogSource({ ...SOURCE, dateFrom })?.dateFrom).toBe(dateFrom);
});

test("the origin of a date that is not known is the least certain one", () => {
  expect(catalogSource({ ...SOURCE, dateFrom: "heaven" })?.dateFrom).toBe("file");
  expect(catalogSource({ ...SOURCE, ecosystems: { npm: 2, PyPI: "3" } })?.ecosystems).toEqual({ npm: 2 });
});

test.each([
  ["name", 1],
  ["feed", 1],
  ["records", "2"],
  ["date", 1],
  ["imported", 1],
  ["bytes", "10"],
  ["file", 1],
  ["file", `x${HASH}.table`],
  ["file", `${HASH}.tables`],
  ["file", `${"1".repeat(64)}.table`],
  ["sha256", 1],
  ["content", 1],
])("a source with the %s %j is none", (field, value) => {
  expect(catalogSource({ ...SOURCE, [field]: value })).toBeUndefined();
});

function catalogOf(text: string) {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "catalog.json"), text);
  return readCatalog(directory);
}

test("a catalogue is read with its mirror and its signatures", () => {
  const mirror = { created: "2026-06-15T00:00:00Z", download: { url: "oci://a" } };
  const signed = [
    { index: "{}", signature: "a" },
    { index: "[]", signature: "b" },
  ];
  const document = { format: 2, sources: [SOURCE, { ...SOURCE, name: "osv:PyPI" }], mirror, signed };
  expect(catalogOf(JSON.stringify(document))).toEqual(document);
  const damaged = [
    { index: 1, signature: "a" },
    { index: "{}", signature: 1 },
  ];
  expect(catalogOf(JSON.stringify({ format: 1, sources: [], mirror: {}, signed: damaged }))).toEqual({
    format: 1,
    sources: [],
  });
  expect(catalogOf(JSON.stringify({ format: 1, sources: [], mirror: { created: "c" }, signed: {} }))).toEqual(
    {
      format: 1,
      sources: [],
      mirror: { created: "c" },
    },
  );
  expect(readCatalog(join(temporaryDirectory(), "none"))).toBeUndefined();
});

test("a catalogue of just vulnerabilityCatalogBytes is read", () => {
  const text = '{"format":1,"sources":[]}';
  expect(catalogOf(text.padEnd(LIMITS.vulnerabilityCatalogBytes))).toEqual({ format: 1, sources: [] });
});

test.each([null, 7, "a", undefined, true])("%j has no fields", (value) => {
  expect(fieldsOf(value)).toEqual({});
});

test("what is missing is what the system says is", () => {
  expect(isMissing(Object.assign(new Error("x"), { code: "ENOENT" }))).toBe(true);
  expect(
    [new Error("x"), Object.assign(new Error("x"), { code: "EACCES" }), { code: "ENOENT" }].map(isMissing),
  ).toEqual([false, false, false]);
});

const DELTA = { source: "osv:npm", from: "1".repeat(64), to: "2".repeat(64), bytes: 5, sha256: HASH };

test.each([
  ["source", 1],
  ["bytes", "5"],
  ["bytes", 0],
  ["bytes", 1.5],
  ["from", "1"],
  ["to", `${"2".repeat(64)}x`],
  ["sha256", 7],
  ["sha256", "G".repeat(64)],
])("a delta with the %s %j is none", (field, value) => {
  expect(indexedDelta(DELTA)).toEqual(DELTA);
  expect(indexedDelta({ ...DELTA, bytes: 1 })).toEqual({ ...DELTA, bytes: 1 });
  expect(indexedDelta({ ...DELTA, [field]: value })).toBeUndefined();
});

const INDEX = { format: 2, created: "2026-06-15T00:00:00Z", sources: [SOURCE], deltas: [DELTA] };
const parsed = (document: unknown) => parseDataIndex(Buffer.from(JSON.stringify(document)), "mirror");

test("an index is read with its sources and deltas", () => {
  expect(parsed(INDEX)).toEqual(INDEX);
  const { deltas: _, ...older } = INDEX;
  expect(parsed({ ...older, format: 1 })).toEqual({ ...older, format: 1, deltas: [] });
});

test.each([
  [{ format: "2" }, "format"],
  [{ created: 1 }, "created"],
  [{ created: "soon" }, "created"],
  [{ sources: [] }, "sources"],
  [{ sources: {} }, "sources"],
  [{ sources: [SOURCE, {}] }, "sources"],
  [{ deltas: [DELTA, {}] }, "deltas"],
  [{ deltas: {} }, "deltas"],
])("an index with %j is refused for its %s", (changes, what) => {
  expect(() => parsed({ ...INDEX, ...changes })).toThrow(`(${what})`);
});

test("an index of a later format is refused, and what is no JSON", () => {
  expect(() => parsed({ ...INDEX, format: 99 })).toThrow("format 99");
  expect(() => parseDataIndex(Buffer.from("{"), "mirror")).toThrow("(JSON)");
});

const state = (digit: number) => String(digit).repeat(64);
const step = (from: number, to: number, bytes = 2, source = "osv:npm") => ({
  ...DELTA,
  source,
  from: state(from),
  to: state(to),
  bytes,
});
const TARGET = { name: "osv:npm", content: state(5), bytes: 10 };

test.each([
  ["leads from the newest back", [step(4, 5), step(3, 4)], 2],
  ["ends where the sum is no less than the table", [step(4, 5, 4), step(3, 4, 6)], 1],
  ["is shorter than the table", [step(4, 5, 4), step(3, 4, 5)], 2],
  ["is none where one delta is as large as the table", [step(4, 5, 10)], 0],
  ["leaves out another source's", [step(4, 5, 2, "osv:PyPI"), step(4, 5)], 1],
  ["leaves out what leads elsewhere", [step(3, 4), step(4, 5)], 1],
  ["ends where it returns to its end", [step(4, 5), step(5, 4)], 1],
  ["ends where it returns to a state", [step(4, 5), step(3, 4), step(4, 3)], 2],
])("a chain of deltas %s", (_, deltas, length) => {
  expect(usefulDeltas(TARGET, deltas)).toHaveLength(length);
});

test("deltas are applied from the table at hand on, the oldest first", () => {
  const deltas = [step(4, 5), step(3, 4), step(2, 3)];
  expect(chainFrom(state(3), TARGET, deltas)).toEqual([step(3, 4), step(4, 5)]);
  expect(chainFrom(state(4), TARGET, deltas)).toEqual([step(4, 5)]);
  expect(chainFrom(state(1), TARGET, deltas)).toBeUndefined();
});
