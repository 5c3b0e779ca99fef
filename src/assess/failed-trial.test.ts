import { expect, test } from "vitest";
import { imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { ALL_RULES } from "../rules/index.ts";
import { withFailedTrial } from "./failed-trial.ts";
import { SubjectJudge } from "./subject-judge.ts";

const ORIGIN = { by: "own-run", douane: "0.1.0" } as const;
const judge = new SubjectJudge({
  rules: ALL_RULES,
  minor: 34,
  accepted: { acceptances: [], today: "" },
  enforceFuture: false,
});
const verdict = judge.image({ image: imageFacts(), reference: referenceFacts(), origin: ORIGIN }, undefined);

test("a trial that could not take place is not missing: its error says what to do", () => {
  const before = verdict.rows.filter(({ missing }) => missing.some(({ evidence }) => evidence === "trial"));
  expect(before.map(({ id }) => id)).toContain("stdout-logs");
  const { rows } = withFailedTrial(verdict);
  for (const { id } of before) {
    const row = rows.find((one) => one.id === id);
    expect(row?.answer).toBe("unproven");
    expect(row?.missing.some(({ evidence }) => evidence === "trial")).toBe(false);
    expect(row?.doubts.at(-1)?.reason.en).toContain("did not take place");
    expect(row?.doubts.at(-1)?.rule).toContain("-trial-");
  }
});

test("rows that no trial proves stay as they are", () => {
  const { rows } = withFailedTrial(verdict);
  expect(rows.find(({ id }) => id === "minimal")).toBe(verdict.rows.find(({ id }) => id === "minimal"));
});
