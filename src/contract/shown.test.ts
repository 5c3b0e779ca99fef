import { expect, test } from "vitest";
import { excerpt, quoted, quotedUpTo } from "./shown.ts";

test("control and bidirectional characters are escaped", () => {
  expect(excerpt("a\u001b[31m\n\u202eb\u0000")).toBe("a\\u001b[31m\\u000a\\u202eb\\u0000");
});

test("a character beyond the basic plane is escaped by its two code units", () => {
  expect(excerpt("a\u{e0001}")).toBe("a\\udb40\\udc01");
});

test("a long value is shortened between its characters", () => {
  expect(excerpt("😀".repeat(200))).toBe(`${"😀".repeat(120)}…`);
  expect(excerpt("x".repeat(120))).toHaveLength(120);
  expect(excerpt("😀".repeat(100))).toBe("😀".repeat(100));
});

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

test("no half of a word is shown, which may be half a secret", () => {
  expect(quoted(`${"y ".repeat(95)}${"x".repeat(40)}`)).toBe(`"${"y ".repeat(95)}…"`);
  expect(quotedUpTo(10, "ab cd efghijk")).toBe('"ab cd …"');
  expect(quotedUpTo(5, "ab cd efghijk")).toBe('"ab cd…"');
  expect(quotedUpTo(5, "abcdefgh")).toBe('"…"');
  expect(quotedUpTo(8, "abcdefgh")).toBe('"abcdefgh"');
});
