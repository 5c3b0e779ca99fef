import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Verdict } from "../../contract/verdict.ts";
import { suggestion } from "../command-line/nearest.ts";

/** Verdicts by their names on the command line. */
const VERDICTS = {
  refused: "no",
  unproven: "unproven",
  admitted: "yes",
} as const satisfies Record<string, Verdict["admitted"]>;
const SORTS = ["verdict", "name", "environment", "file"] as const;
const GROUPS = ["environment", "team"] as const;

export const parseOnly = (word: string): Verdict["admitted"] =>
  VERDICTS[oneOf("--only", word, Object.keys(VERDICTS) as (keyof typeof VERDICTS)[])];
export const parseSort = (word: string): (typeof SORTS)[number] => oneOf("--sort", word, SORTS);
export const parseGroupBy = (word: string): (typeof GROUPS)[number] => oneOf("--group-by", word, GROUPS);

export function parseLimit(word: string): number {
  if (/^\d{1,6}$/.test(word)) return Number(word);
  throw new UsageError("limit-unknown", {
    fr: `--limit ${quoted(word)} : écrire un nombre de lignes, 0 pour toutes.`,
    en: `--limit ${quoted(word)}: write a number of lines, 0 for all.`,
  });
}

function oneOf<const T extends string>(option: string, word: string, known: readonly T[]): T {
  const found = known.find((one) => one === word);
  if (found !== undefined) return found;
  const { fr, en } = suggestion(word, known);
  throw new UsageError("view-unknown", {
    fr: `${option} ${quoted(word)} : valeur inconnue. ${fr}`,
    en: `${option} ${quoted(word)}: unknown value. ${en}`,
  });
}
