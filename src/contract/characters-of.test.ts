import { expect, test } from "vitest";
import { charactersOf } from "./characters-of.ts";

test.each([
  ["a text", "abc", 3],
  ["another scalar", 5, 1],
  ["null", null, 1],
  ["a list", ["ab", 1], 4],
  ["a mapping", { key: "ab", other: [true] }, 5],
])("%s counts by its texts, and one for each other part", (_, value, size) => {
  expect(charactersOf(value, 100)).toBe(size);
});

test.each([
  ["a list", Array.from({ length: 1_000 }, () => "aaaa")],
  ["a mapping", Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, "aaaa"]))],
])("%s is counted a little further than asked", (_, value) => {
  expect(charactersOf(value, 10)).toBe(13);
});
