import { expect, test } from "vitest";
import { CompressedText } from "./compressed-text.ts";

function held(texts: readonly string[]): CompressedText {
  const kept = new CompressedText();
  for (const text of texts) kept.add(text);
  return kept;
}

test.each([
  ["none", []],
  ["a few, an empty one among them", ["one", "", "à prouver ✗ 😀"]],
  ["more than one block holds", Array.from({ length: 500 }, (_, index) => `${index} ${"é→😀".repeat(400)}`)],
  ["one that is longer than a block, among short ones", ["a", "→".repeat(1_000_000), "b"]],
])("texts come back as they were, in their order: %s", (_, texts) => {
  const kept = held(texts);
  expect([...kept]).toEqual(texts);
  expect([...kept]).toEqual(texts);
});

test("each text stands beside the item at its place", () => {
  expect([...held(["a", "b"]).beside([1, 2])]).toEqual([
    [1, "a"],
    [2, "b"],
  ]);
});
