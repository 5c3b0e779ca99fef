import { admission, type EnforcedRows } from "../contract/admission.ts";
import { ROWS, type RuleId } from "../contract/rows.ts";
import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";

/**
 * Verdict on a Dockerfile whose image is judged, too. Rows that the Dockerfile cannot prove are left to the
 * image, since the Dockerfile itself is not an application. Its findings stay; presumed findings become notes
 * if the image's row is not refuted.
 *
 * @param image verdict on the application that runs the image
 * @param reference reference of that image
 */
export function linkedDockerfile(
  verdict: Verdict,
  image: Verdict,
  reference: string,
  enforceFuture: EnforcedRows,
): Verdict {
  const rows = verdict.rows.map((row) => {
    return settled(
      row,
      image.rows.find(({ id }) => id === row.id),
      reference,
    );
  });
  return { ...verdict, rows, admitted: admission(rows, enforceFuture) };
}

function settled(row: RowVerdict, ofImage: RowVerdict | undefined, reference: string): RowVerdict {
  const rule = ruleOf(row);
  const isPresumed = row.answer === "no" && row.findings.every(({ presumed }) => presumed);
  const isDisproved = isPresumed && ofImage !== undefined && ofImage.answer !== "no";
  if (rule === undefined || (row.answer !== "unproven" && !isDisproved)) return row;
  return {
    ...row,
    answer: "n/a",
    proofs: [{ rule, message: JUDGED_ON(excerpt(reference)) }],
    findings: [],
    notes: [...row.notes, ...row.findings.map((finding) => ({ ...finding, presumed: true }))],
    doubts: [],
    missing: [],
  };
}

/** Rule that would prove the row; for a derived row, the rule of the first row that decides it. */
function ruleOf({ id }: Pick<RowVerdict, "id">): RuleId | undefined {
  const row = ROWS.find((one) => one.id === id);
  const deciding = row?.derivedFrom?.[0];
  return row?.proofs.flat()[0] ?? (deciding === undefined ? undefined : ruleOf({ id: deciding }));
}

const JUDGED_ON = (reference: string): Text => ({
  fr: `jugé sur l'image ${reference}, que ce Dockerfile a construite`,
  en: `judged on the image ${reference}, which this Dockerfile built`,
});
