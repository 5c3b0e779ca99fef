import type { SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { Causes } from "./causes.ts";
import { sum, type Totals } from "./counts.ts";

/** Summary for readers who stop there: totals, main causes, unproven rows, sources that were not judged. */
export function leadText(
  totals: Totals,
  causes: Causes,
  unread: readonly SourceProblem[],
  lang: Lang,
): readonly string[] {
  const all = sum(totals);
  const [worst] = causes.of("refused");
  const [missing] = causes.of("open");
  const sentences: string[] = [];
  if (all === 1) sentences.push(ofOne(totals, lang));
  else if (all > 1) sentences.push(ofMany(totals, lang));
  if (worst !== undefined) sentences.push(worstText(worst.message[lang], worst.applications, all, lang));
  if (missing !== undefined) sentences.push(openText(missing.message[lang], lang));
  if (unread.length > 0) sentences.push(unreadText(unread.length, lang));
  return sentences;
}

function ofOne({ no, yes }: Totals, lang: Lang): string {
  if (yes === 1) {
    return {
      fr: "Toutes les exigences fortes du contrat sont remplies : l'application peut entrer sur la plateforme.",
      en: "Every mandatory requirement of the contract is met: the application may enter the platform.",
    }[lang];
  }
  if (no === 1) {
    return {
      fr: "Au moins une exigence du contrat n'est pas remplie : l'application ne peut pas entrer sur la plateforme.",
      en: "At least one requirement of the contract is not met: the application may not enter the platform.",
    }[lang];
  }
  return {
    fr: "Rien n'est refusé, mais tout n'est pas prouvé : l'application ne peut pas encore entrer sur la plateforme.",
    en: "Nothing is refused, but not everything is proven: the application may not enter the platform yet.",
  }[lang];
}

function ofMany(totals: Totals, lang: Lang): string {
  const [all, admitted] = [sum(totals), totals.yes];
  const can = {
    fr: `${admitted} application${admitted > 1 ? "s" : ""} sur ${all} ${admitted > 1 ? "peuvent" : "peut"} entrer sur la plateforme.`,
    en: `${admitted} of ${all} applications may enter the platform.`,
  };
  const none = {
    fr: `Aucune des ${all} applications ne peut entrer sur la plateforme.`,
    en: `None of the ${all} applications may enter the platform.`,
  };
  return (admitted === 0 ? none : can)[lang];
}

function worstText(message: string, applications: number, all: number, lang: Lang): string {
  const many = { fr: ` (${applications} applications)`, en: ` (${applications} applications)` }[lang];
  const where = all === 1 || applications === 1 ? "" : many;
  return {
    fr: `Première cause de refus${where} : ${message}.`,
    en: `First cause of refusal${where}: ${message}.`,
  }[lang];
}

function openText(missing: string, lang: Lang): string {
  return {
    fr: `Pour prouver le reste, il manque surtout : ${missing}.`,
    en: `To prove the rest, the evidence most often missing is: ${missing}.`,
  }[lang];
}

function unreadText(count: number, lang: Lang): string {
  return {
    fr:
      count > 1
        ? `${count} sources n'ont pas pu être lues, et ne sont donc pas jugées.`
        : "1 source n'a pas pu être lue, et n'est donc pas jugée.",
    en: `${count} source${count > 1 ? "s" : ""} could not be read, and so ${count > 1 ? "were" : "was"} not judged.`,
  }[lang];
}
