import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { withEscapes } from "./one-byte.ts";

test.each([
  ["'a …é'", "'a \\u2026é'", "a …é"],
  ["`œ${1}\u{1f600}`", "`\\u0153${1}\\ud83d\\ude00`", "œ1\u{1f600}"],
  [
    "/^[\u{10000}-\u{effff}…]$/u.test('\u{1f600}')",
    "/^[\\ud800\\udc00-\\udb7f\\udfff\\u2026]$/u.test('\\ud83d\\ude00')",
    true,
  ],
])("%s is written as %s, and is the same", (code, escaped, value) => {
  expect(withEscapes(code)).toBe(escaped);
  expect(runInNewContext(escaped)).toEqual(value);
});

test("a raw template is not changed silently", () => {
  expect(() => withEscapes("String.raw`…`")).toThrow("raw template");
  expect(withEscapes("String.raw`a`+'…'")).toBe("String.raw`a`+'\\u2026'");
});
