import { kindOfEvidence } from "../contract/kinds.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import { commandText } from "./words.ts";

/** Next steps for the team as sentences, most urgent first. */
export function nextSteps(verdict: Verdict, lang: Lang): readonly string[] {
  if (verdict.admitted === "yes") return [ADMITTED[lang]];
  const binding = bindingRows(verdict);
  const refused = binding.filter(({ answer }) => answer === "no");
  const open = binding.filter(({ answer }) => answer === "unproven");
  const steps: string[] = [];
  if (refused.length > 0) steps.push(correct(refused.length)[lang]);
  const evidence = missingText(open, lang);
  if (evidence !== "") steps.push({ fr: `Fournir ${evidence}.`, en: `Provide ${evidence}.` }[lang]);
  if (open.some(({ doubts }) => doubts.length > 0)) steps.push(DOUBTS[lang]);
  return steps;
}

const ADMITTED: Text = {
  fr: "Aucune exigence ne s'oppose à l'admission.",
  en: "Nothing blocks admission.",
};

const DOUBTS: Text = {
  fr: "Lever les doutes indiqués.",
  en: "Resolve the unproven points listed above.",
};

/** Rows that decide: the mandatory rows; also the future rows if only they can explain the verdict. */
export function bindingRows({ admitted, rows }: Verdict): readonly RowVerdict[] {
  const mandatory = rows.filter(({ category }) => category === "mandatory");
  if (mandatory.some(({ answer }) => answer === admitted)) return mandatory;
  return rows.filter(({ category }) => category !== "recommended");
}

function correct(count: number): Text {
  if (count === 1) {
    return {
      fr: "Corriger l'exigence refusée comme indiqué, puis relancer le contrôle.",
      en: "Correct the refused requirement as shown, then check again.",
    };
  }
  return {
    fr: `Corriger les ${count} exigences refusées comme indiqué, puis relancer le contrôle.`,
    en: `Correct the ${count} refused requirements as shown, then check again.`,
  };
}

/** Missing kinds of evidence, each once, with the command that collects it, if any. */
export function missingText(rows: readonly RowVerdict[], lang: Lang): string {
  const kinds = new Map(rows.flatMap(({ missing }) => missing.map((one) => [one.evidence, one] as const)));
  return [...kinds.values()]
    .map(({ evidence, command }) => {
      const name = kindOfEvidence(evidence).name[lang];
      return command === undefined ? name : `${name} (${commandText(command, lang)})`;
    })
    .join(", ");
}
