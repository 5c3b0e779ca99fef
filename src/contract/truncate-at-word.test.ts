import { expect, test } from "vitest";
import { truncateAtWord } from "./truncate-at-word.ts";

test.each([
  ["one two", 7, "one two"],
  ["one two", 6, "one …"],
  ["one two", 3, "one …"],
  ["one two", 2, " …"],
  ["secret", 3, " …"],
] as const)("%j within %i characters is %j", (text, most, whole) => {
  expect(truncateAtWord(text, most)).toBe(whole);
});
