import { expect, test } from "vitest";
import { REFUSED } from "../../test/fixtures/verdicts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { ChecklistSummaries } from "./checklist-summary.ts";

const ON = { width: 100, paint: (_: unknown, text: string) => text, verbose: false, fingerprints: false };
/** The verdict reduced to its refusing rows. */
const ONLY_NO: Verdict = {
  ...REFUSED,
  rows: REFUSED.rows.filter(({ answer }) => answer === "no").map((row) => ({ ...row, notes: [] })),
};

function briefs(...verdicts: readonly Verdict[]): readonly string[] {
  const told = new ChecklistSummaries("en", ON);
  for (const verdict of verdicts) told.add(verdict);
  return [...told.sections()].map((lines) => lines.join("\n"));
}

test("what is left to count stands in the last line, where there is any", () => {
  const counts = /^ +\d+ (?:yes|n\/a|note)/m;
  expect(briefs(REFUSED)[0]).toMatch(counts);
  expect(briefs(ONLY_NO)[0]).toContain("no ");
  expect(briefs(ONLY_NO)[0]).not.toMatch(counts);
});

test("subjects of which the same is said stand together", () => {
  const other = { ...REFUSED, subject: { ...REFUSED.subject, name: "other" } };
  expect(briefs(REFUSED, ONLY_NO, other)).toHaveLength(2);
  expect(briefs(REFUSED, other)[0]).toContain("other");
});
