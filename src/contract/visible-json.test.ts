import { expect, test } from "vitest";
import { visibleJson } from "./visible-json.ts";

test("what acts on a terminal is escaped, in keys too, and a parser reads the same", () => {
  const value = { "a\u202eb": ["\u2066\u009b31m\u2028", "\u{e0001}é🙂\ud800\u007f", "\u001b[31m"] };
  const json = visibleJson(value);
  expect(json).toMatch(/^[\x20-\x7eé🙂]+$/u);
  expect(json).toContain("é🙂");
  expect(JSON.parse(json)).toEqual(value);
});

test("plain JSON stays as it is, over several lines where that is wanted", () => {
  expect(visibleJson({ a: 1 }, 1)).toBe('{\n "a": 1\n}');
  expect(visibleJson({ é: "\u200b" }, 1)).toBe('{\n "é": "\\u200b"\n}');
});
