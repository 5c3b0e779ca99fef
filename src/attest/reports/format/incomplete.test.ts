import { expect, test } from "vitest";
import { INCOMPLETE_REASONS, incomplete, incompleteWhere } from "./incomplete.ts";

test.each(INCOMPLETE_REASONS)("%s has a sentence in each language, of its own", (reason) => {
  const { fr, en } = incomplete(reason, 1).text;
  const others = INCOMPLETE_REASONS.filter((one) => one !== reason).map((one) => incomplete(one, 1).text);
  expect(Math.min(fr.length, en.length)).toBeGreaterThan(20);
  expect(fr).not.toBe(en);
  expect(others.flatMap((text) => [text.fr, text.en])).not.toContain(fr);
  expect(others.flatMap((text) => [text.fr, text.en])).not.toContain(en);
});

test.each([
  "error-notifications",
  "no-results",
  "pages-missing",
  "rules-skipped",
  "scanner-errors",
  "skipped-paths",
  "unreadable-findings",
] as const)("%s says at how many places", (reason) => {
  const { fr, en } = incomplete(reason, 37).text;
  expect([fr, en].map((text) => text.includes("37"))).toEqual([true, true]);
});

test("of counted reasons, those without a place are none", () => {
  const found = incompleteWhere({
    "scanner-errors": 2,
    "no-files": true,
    "no-rules": false,
    "counts-disagree": 0,
  });
  expect(found).toEqual([incomplete("scanner-errors", 2), incomplete("no-files")]);
});
