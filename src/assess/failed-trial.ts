import { ROWS, type RuleId } from "../contract/rows.ts";
import type { Text } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";

/**
 * Verdict on a subject whose trial failed. The missing evidence is described by the trial's error, not by the
 * trial's command, which was just run.
 */
export function withFailedTrial(verdict: Verdict): Verdict {
  return { ...verdict, rows: verdict.rows.map(withDoubt) };
}

function withDoubt(row: RowVerdict): RowVerdict {
  const rule = trialRuleOf(row);
  const missing = row.missing.filter(({ evidence }) => evidence !== "trial");
  if (rule === undefined || missing.length === row.missing.length) return row;
  return { ...row, missing, doubts: [...row.doubts, { rule, reason: NOT_TRIED, settle: CORRECT }] };
}

/**
 * Rule by which a trial would prove the row; for a derived row, the rule of the first row that it derives
 * from.
 */
function trialRuleOf({ id }: Pick<RowVerdict, "id">): RuleId | undefined {
  const row = ROWS.find((one) => one.id === id);
  const own = row?.proofs.flat().find((rule) => rule.includes("-trial-"));
  const [deciding] = row?.derivedFrom ?? [];
  return own ?? (deciding === undefined ? undefined : trialRuleOf({ id: deciding }));
}

const NOT_TRIED: Text = {
  fr: "non observé : l'essai demandé n'a pas eu lieu (voir l'erreur affichée)",
  en: "not observed: the trial that was asked for did not take place (see the error that was printed)",
};

const CORRECT: Text = {
  fr: "Corriger ce que l'erreur nomme, puis relancer la même commande.",
  en: "Correct what the error names, then run the same command again.",
};
