import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { dictionarySize } from "./block-header.ts";

test.each([
  [22, 8 * 1024 ** 2],
  [24, LIMITS.xzDictionaryBytes],
  [40, LIMITS.xzDictionaryBytes],
])("a dictionary of code %i takes %i bytes, whatever it asks for", (bits, expected) => {
  expect(dictionarySize(Buffer.of(0, 0x21, 1, bits, 0, 0, 0))).toBe(expected);
});
