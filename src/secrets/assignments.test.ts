import { expect, test } from "vitest";
import { assignments } from "./assignments.ts";

test.each<[string, readonly string[]]>([
  ["A=b\nexport C='d e'\nF=\"g#h\" # i", ["1 A=b", "2 C=d e", "3 F=g#h"]],
  ["a: b\n  c.d: 'e'\n- f: g # h\n", ["1 a=b", "2 c.d=e", "3 f=g"]],
  ['{\n  "a": "b",\n  "c": 1,\n}', ["2 a=b", "3 c=1"]],
  ['A="not closed\nB=', ["1 A=not closed", "2 B="]],
  ["A=b\r\nC=d\r\n", ["1 A=b", "2 C=d"]],
  ["# A=b\n; c\nplain text\n=d\n", []],
  ["", []],
])("%j", (text, expected) => {
  const found = assignments(text);
  expect(found.map(({ name, value, line }) => `${line} ${name}=${value}`)).toEqual(expected);
  for (const { value, start, end } of found) expect(text.slice(start, end)).toBe(value);
});
