import { expect, test } from "vitest";
import { parseDataIndex } from "./data-index.ts";

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
const INDEX = { format: 2, created: "2026-06-15T00:00:00Z", sources: [SOURCE, { ...SOURCE, name: "kev" }] };

function parsed(value: unknown): unknown {
  return parseDataIndex(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)), "a");
}

test("an index has its sources, and no deltas if it lists none", () => {
  expect(parsed(INDEX)).toEqual({ ...INDEX, deltas: [] });
});

test.each([
  ["no JSON", "{", "vulnerability-index-malformed", "(JSON)"],
  ["no object", "1", "vulnerability-index-malformed", "(format)"],
  ["no format", { ...INDEX, format: "2" }, "vulnerability-index-malformed", "(format)"],
  ["another format", { ...INDEX, format: 99 }, "vulnerability-data-format", "99"],
  ["no time", { ...INDEX, created: undefined }, "vulnerability-index-malformed", "(created)"],
  ["a time that is none", { ...INDEX, created: "now" }, "vulnerability-index-malformed", "(created)"],
  ["no sources", { ...INDEX, sources: [] }, "vulnerability-index-malformed", "(sources)"],
  ["sources that are no list", { ...INDEX, sources: {} }, "vulnerability-index-malformed", "(sources)"],
  ["one source of two", { ...INDEX, sources: [SOURCE, {}] }, "vulnerability-index-malformed", "(sources)"],
  ["a delta that is none", { ...INDEX, deltas: [{}] }, "vulnerability-index-malformed", "(deltas)"],
  ["deltas that are no list", { ...INDEX, deltas: {} }, "vulnerability-index-malformed", "(deltas)"],
])("with %s it is refused", (_, value, code, message) => {
  expect(() => parsed(value)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
});
