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
  const rows = answers.map((answer) => ({ id: "seccomp", category: "mandatory", answer }) as const);
  expect(admission(rows, false)).toBe(admitted);
});

test.each([
  ["future", false, "yes"],
  ["future", true, "no"],
  ["future", ["scans"], "no"],
  ["future", ["provenance", "sbom"], "yes"],
  ["future", [], "yes"],
  ["recommended", true, "yes"],
  // A list names rows, and makes none of a recommendation.
  ["recommended", ["scans"], "yes"],
] as const)("a %s row that is no, of the future enforced: %j", (category, enforced, admitted) => {
  const rows = [
    { id: "seccomp", category: "mandatory", answer: "yes" },
    { id: "scans", category, answer: "no" },
  ] as const;
  expect(admission(rows, enforced)).toBe(admitted);
});

test("no list of rows waives a mandatory one", () => {
  expect(admission([{ id: "seccomp", category: "mandatory", answer: "no" }], ["scans"])).toBe("no");
});
