import type { Lang } from "../contract/text.ts";
import { type Answer, type RowVerdict, type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { ADMISSION_WORDS, ANSWER_WORDS, CATEGORY_WORDS, labelled, WORDS } from "./words.ts";

/** Verdicts in the order of every report: refused first. */
export const REFUSED_FIRST = ["no", "unproven", "yes"] as const satisfies readonly Verdict["admitted"][];

export function countAnswers(rows: readonly RowVerdict[]): Readonly<Record<Answer, number>> {
  const counts: Record<Answer, number> = { no: 0, unproven: 0, yes: 0, "n/a": 0 };
  for (const { answer } of rows) counts[answer] += 1;
  return counts;
}

/** Counts of answers, `3 no, 9 unproven, 6 yes`: worst first, without zeros. */
export function countsText(rows: readonly RowVerdict[], lang: Lang): string {
  const counts = countAnswers(rows);
  return WORST_FIRST.filter((answer) => counts[answer] > 0)
    .map((answer) => `${counts[answer]} ${ANSWER_WORDS[answer][lang]}`)
    .join(", ");
}

/** Counts of all answers, then of the mandatory rows: `3 no, 9 unproven · mandatory requirements: 2 no`. */
export function allAndMandatoryText(rows: readonly RowVerdict[], lang: Lang): string {
  const mandatory = rows.filter(({ category }) => category === "mandatory");
  const label = CATEGORY_WORDS.mandatory[lang].toLowerCase();
  return `${countsText(rows, lang)} · ${labelled(label, countsText(mandatory, lang), lang)}`;
}

/** Number of applications by verdict, worst first. */
export type Totals = Record<Verdict["admitted"], number>;

export function noTotals(): Totals {
  return { no: 0, unproven: 0, yes: 0 };
}

export function sum({ no, unproven, yes }: Totals): number {
  return no + unproven + yes;
}

/**
 * Counts of verdicts, `3 applications: 2 refused, 1 admitted`; without verdicts, a text that no application
 * was judged.
 */
export function totalText(totals: Totals, lang: Lang): string {
  const all = sum(totals);
  if (all === 0) return WORDS.nothing[lang];
  const parts: string[] = [];
  for (const admitted of REFUSED_FIRST) {
    const count = totals[admitted];
    const plural = lang === "fr" && count > 1 && admitted !== "unproven" ? "s" : "";
    if (count > 0) parts.push(`${count} ${ADMISSION_WORDS[admitted][lang]}${plural}`);
  }
  return labelled(`${all} application${all > 1 ? "s" : ""}`, parts.join(", "), lang);
}

export function findingCount(count: number, lang: Lang): string {
  return `${count} ${{ fr: "constat", en: "finding" }[lang]}${count > 1 ? "s" : ""}`;
}

/** One sentence for all rows that a Dockerfile cannot prove. */
export function silenceText(rest: readonly RowVerdict[], lang: Lang): string {
  const counts = countsText(rest, lang);
  return {
    fr: `Le Dockerfile ne dit rien des autres exigences (${counts}) : l'image construite, son manifeste et un essai les prouvent.`,
    en: `The other requirements cannot be judged from a Dockerfile (${counts}): check the built image with its manifest and a trial.`,
  }[lang];
}
