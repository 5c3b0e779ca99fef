import { expect, test } from "vitest";
import { seal, unseal, unsealFile } from "./sealed.ts";

test.each([
  { nothing: {}, none: [], empty: "", zero: 0, unknown: null },
  { 'a "key"': { deep: { deeper: [{ text: "é…\u{1F600}\udcff\n" }] } }, list: [[1, "x"], true] },
  {},
])("what is sealed is JSON behind a checksum", (value) => {
  const bytes = seal(value);
  expect(Buffer.from(bytes).toString("utf8").slice(9)).toBe(JSON.stringify(value));
  expect(unseal(bytes)).toEqual(value);
  expect(unsealFile(bytes)).toEqual(value);
});
