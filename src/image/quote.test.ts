import { expect, test } from "vitest";
import { quoted } from "../contract/shown.ts";

test.each([
  ["plain", '"plain"'],
  ['with "quotes"', '"with \\"quotes\\""'],
  ["\u001b[31mred", '"\\u001b[31mred"'],
  ["\u009b31m", '"\\u009b31m"'],
  ["\u007f", '"\\u007f"'],
  ["abc\u202ecba", '"abc\\u202ecba"'],
  ["\u2028", '"\\u2028"'],
  ["\u{e0041}", '"\\udb40\\udc41"'],
  ["\udfff", '"\\udfff"'],
  ["étoile", '"étoile"'],
])("%j is shown as %s", (value, shown) => {
  expect(quoted(value)).toBe(shown);
});

test("a long value is cut, and says so", () => {
  expect(quoted("x".repeat(1_000))).toBe(`"${"x".repeat(200)}…"`);
});
