import { expect, test } from "vitest";
import { seal, unseal, unsealFile } from "./checksummed-json.ts";

const NAME = '{"schema":"é1"}';

test.each([
  { nothing: {}, none: [], empty: "", zero: 0, unknown: null },
  { 'a "key"': { deep: { deeper: [{ text: "é…\u{1F600}\udcff\n" }] } }, list: [[1, "x"], true] },
  {},
])("what is sealed is a name, a checksum and JSON, a line each", (value) => {
  const bytes = seal(NAME, value);
  const [name, checksum, ...json] = Buffer.from(bytes).toString("utf8").split("\n");
  expect([name, checksum?.length, json.join("\n")]).toEqual([NAME, 8, JSON.stringify(value)]);
  expect(unseal(bytes)).toEqual(value);
  expect(unsealFile(NAME, bytes)).toEqual(value);
});

test.each([
  ["another name", (text: string) => text.replace("é1", "é2")],
  ["a longer name", (text: string) => text.replace("é1", "é11")],
  ["another checksum", (text: string) => text.replace(/\n./, "\nz")],
  ["another value", (text: string) => text.replace("true", "null")],
  ["something behind it", (text: string) => `${text} `],
  ["its end cut off", (text: string) => text.slice(0, -1)],
  ["the name alone", () => `${NAME}\n`],
  ["nothing", () => ""],
])("a file with %s is none", (_, change) => {
  const text = Buffer.from(seal(NAME, { a: true })).toString("utf8");
  expect(unsealFile(NAME, Buffer.from(text))).toEqual({ a: true });
  expect(unsealFile(NAME, Buffer.from(change(text)))).toBeUndefined();
});
