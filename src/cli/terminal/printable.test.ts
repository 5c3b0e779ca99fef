import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test.each([
  ["plain, accentué, 漢字", "plain, accentué, 漢字"],
  ["two\nlines", "two\nlines"],
  ["\u001b[31mred", "\\u{1b}[31mred"],
  ["over\rwritten", "over\\u{d}written"],
  ["turned \u202e round", "turned \\u{202e} round"],
  ["\u{e0041}", "\\u{e0041}"],
])("%j is shown as %j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});
