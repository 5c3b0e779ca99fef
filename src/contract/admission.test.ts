import { expect, test } from "vitest";
import { admission } from "./admission.ts";

test.each([
  [["yes", "yes"], "yes"],
  [["yes", "n/a"], "yes"],
  [["n/a", "n/a"], "yes"],
  [["yes", "unproven"], "unproven"],
  [["unproven", "no"], "no"],
  [[], "unproven"],
] as const)("mandatory rows %j: admitted %s", (answers, admitted) => {
  const rows = answers.map((answer) => ({ category: "mandatory", answer }) as const);
  expect(admission(rows, false)).toBe(admitted);
});

test.each([
  ["future", false, "yes"],
  ["future", true, "no"],
  ["recommended", true, "yes"],
] as const)("a %s row that is no, the future enforced: %s", (category, enforced, admitted) => {
  const rows = [
    { category: "mandatory", answer: "yes" },
    { category, answer: "no" },
  ] as const;
  expect(admission(rows, enforced)).toBe(admitted);
});
