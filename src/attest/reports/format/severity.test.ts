import { expect, test } from "vitest";
import { graver, severityOf } from "./severity.ts";

test.each([
  ["critical", "critical"],
  ["blocker", "critical"],
  ["high", "high"],
  ["error", "high"],
  ["major", "medium"],
  ["medium", "medium"],
  ["moderate", "medium"],
  ["warning", "medium"],
  ["low", "low"],
  ["minor", "low"],
  ["note", "low"],
  ["info", "info"],
  ["informational", "info"],
  ["none", "info"],
  ["unknown", "unknown"],
  ["", "unknown"],
  ["constructor", "unknown"],
])("%s is %s, in any case", (word, severity) => {
  expect([word, word.toUpperCase()].map(severityOf)).toEqual([severity, severity]);
});

test.each([1, null, undefined, ["high"]])("%j is no word", (value) => {
  expect(severityOf(value)).toBe("unknown");
});

test("the graver of two counts, and an unknown one yields to any", () => {
  const order = ["critical", "high", "medium", "low", "info", "unknown"] as const;
  for (const [at, one] of order.entries())
    for (const other of order.slice(at)) expect([graver(one, other), graver(other, one)]).toEqual([one, one]);
});
