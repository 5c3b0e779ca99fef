import { expect, test } from "vitest";
import { documentPieces } from "./document-pieces.ts";
import { jsonText } from "./escape.ts";

const list = (length: number) =>
  Array.from({ length }, (_, index) => ({ name: `p\u202e${index}\n`, parts: [index, []] }));

test.each([0, 1, 500, 501, 1_000, 1_234])("a list of %i elements is written as by jsonText()", (length) => {
  const document = { $schema: "x", list: list(length), nested: { deep: [1, { a: {} }] }, last: [] };
  const pieces = [...documentPieces(document)];
  expect(pieces.join("")).toBe(jsonText(document));
  expect(pieces.length).toBeLessThan(20);
});
