import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { dateOf, firstLine, isCve, wordOf } from "./feed-texts.ts";

test.each([
  [" a b ", "a b"],
  ["a\tb", ""],
  ["a\u{d800}b", ""],
  ["é", "é"],
  ["x".repeat(LIMITS.packageNameCharacters), "x".repeat(LIMITS.packageNameCharacters)],
  ["x".repeat(LIMITS.packageNameCharacters + 1), ""],
  [7, ""],
])("the word of %j", (value, expected) => {
  expect(wordOf(value)).toBe(expected);
});

test.each([
  ["2026-06-10", "2026-06-10"],
  ["1990-01-01", "1990-01-01"],
  ["2026-06-10T08:00:00Z", "2026-06-10T08:00:00Z"],
  ["2026-06-10 08:00:00Z", "2026-06-10T08:00:00Z"],
  ["2026-06-10T08:00:00.123", "2026-06-10T08:00:00.123"],
  ["2026-06-10T08:00:00+02:00", "2026-06-10T08:00:00+02:00"],
  ["2026-06-10T08:00:00-0200", "2026-06-10T08:00:00-0200"],
  ["1989-12-31", ""],
  ["0001-01-01", ""],
  ["3000-01-01", ""],
  ["x2026-06-10", ""],
  ["2026-06-10x", ""],
  ["2026-06-10T", ""],
  ["2026-06-10T08:00:00Y", ""],
  ["2026-06-10T08:00:00+2:00", ""],
  [20260610, ""],
])("the date of %j is %j", (value, expected) => {
  expect(dateOf(value)).toBe(expected);
});

test.each([
  ["One\ntwo", "One"],
  ["One\rtwo", "One"],
  ["\n\n  One  \n", "One"],
  ["a\tb\u{7}c", "a b c"],
  ["", ""],
  ["x".repeat(300), "x".repeat(300)],
  ["x".repeat(301), `${"x".repeat(299)}…`],
  ["x".repeat(10_000), `${"x".repeat(299)}…`],
])("the first line of %j", (text, expected) => {
  expect(firstLine(text)).toBe(expected);
});

test.each([
  ["CVE-2026-0001", true],
  ["CVE-2026-1234567890123456789", true],
  ["CVE-2026-12345678901234567890", false],
  ["CVE-2026-001", false],
  ["CVE-26-0001", false],
  ["cve-2026-0001", false],
  ["XCVE-2026-0001", false],
  ["CVE-2026-0001x", false],
])("%s is a CVE: %s", (id, expected) => {
  expect(isCve(id)).toBe(expected);
});
