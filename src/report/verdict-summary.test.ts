import { describe, expect, test } from "vitest";
import { ADMITTED, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { DOCKERFILE } from "../../test/fixtures/workload-verdicts.ts";
import type { RowId } from "../contract/rows.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import { verdictSummary } from "./verdict-summary.ts";

/** The admitted application, with these rows open. */
function open(ids: readonly RowId[], change: Partial<RowVerdict> = {}): Verdict {
  const rows = ADMITTED.rows.map((row) =>
    ids.includes(row.id) ? { ...row, answer: "unproven" as const, proofs: [], ...change } : row,
  );
  return { ...ADMITTED, admitted: "unproven", rows };
}

describe("what is told in full", () => {
  test("the rows that are no", () => {
    expect(verdictSummary(REFUSED, "en").full.map(({ answer }) => answer)).toEqual(Array(6).fill("no"));
    expect(verdictSummary(UNPROVEN, "en").full).toEqual([]);
  });

  test("of a Dockerfile, every row that it speaks of", () => {
    expect(verdictSummary(DOCKERFILE, "en").full.map(({ id }) => id)).toEqual(["non-root", "immutable-tag"]);
  });
});

describe("what is unproven", () => {
  test("is absent when nothing is", () => {
    expect(verdictSummary(ADMITTED, "en")).not.toHaveProperty("open");
  });

  const trial = { missing: [{ evidence: "trial" }] } as const;

  test.each<[Verdict, string, string]>([
    [open(["seccomp"]), "1 exigence, dont 1 forte", "1 requirement, 1 of them mandatory"],
    [
      open(["seccomp", "health", "sbom"]),
      "3 exigences, dont 2 fortes",
      "3 requirements, 2 of them mandatory",
    ],
    [
      open(["sbom"], trial),
      "1 exigence · manque : un essai de l'image sous le profil Restricted",
      "1 requirement · missing: a trial of the image under the Restricted profile",
    ],
  ])("is counted, with what is missing", (verdict, fr, en) => {
    expect(verdictSummary(verdict, "fr").open).toBe(fr);
    expect(verdictSummary(verdict, "en").open).toBe(en);
  });
});

describe("doubts", () => {
  const doubts = [1, 2, 3, 4, 5].map((number) => ({
    rule: "1.1-seccomp" as const,
    reason: { fr: `doute ${number}`, en: `doubt ${number}` },
    settle: { fr: "Corriger.", en: "Correct it." },
  }));

  test("are told once, three of them, the others counted", () => {
    expect(
      verdictSummary(open(["seccomp", "health"], { doubts }), "en").details.map(({ text }) => text),
    ).toEqual(["doubt 1", "doubt 2", "doubt 3", "… and 2 more: `--format json` lists them all"]);
  });

  test("are left out where evidence is missing: it comes first", () => {
    const missing = [{ evidence: "trial" }] as const;
    expect(verdictSummary(open(["seccomp"], { doubts, missing }), "en").details).toEqual([]);
  });
});

test("the rest is counted: answers, then notes", () => {
  expect(verdictSummary(ADMITTED, "en").rest).toBe("17 yes, 1 n/a, 1 note");
  const [note] = ADMITTED.rows.flatMap(({ notes }) => notes);
  const notes =
    note === undefined ? [] : [note, { ...note, message: { fr: "x", en: "x" }, fingerprint: "x" }];
  const rows = ADMITTED.rows.map((row) => (row.id === "seccomp" ? { ...row, notes } : { ...row, notes: [] }));
  expect(verdictSummary({ ...ADMITTED, rows }, "en").rest).toBe("17 yes, 1 n/a, 2 notes");
  expect(verdictSummary(UNPROVEN, "en").rest).toBe("");
});
