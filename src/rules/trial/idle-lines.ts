import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { linesOf } from "../../observations/output-lines.ts";
import { hasWord, textAtWork } from "./work-lines.ts";

/** Output of a run, and whether the application got requests in this run. */
type Said = Observed<"output"> & { readonly asked: boolean };

/**
 * Outcome for output in which each line with a word was also written while no requests were made, apart from
 * numbers, times and identifiers: a heartbeat does not show that the application logs its work. Undefined if
 * a line was written only during requests.
 */
export function byTheClock(trial: TrialFacts, said: readonly Said[], settle: Text): Outcome | undefined {
  const idle = new Set(
    observed(trial.observations, "output").flatMap((one) => linesOf(one.idle ?? "").map(template)),
  );
  if (idle.size === 0) return undefined;
  const lines = said.flatMap((output) => linesOf(textAtWork(output))).filter(hasWord);
  if (said.some(({ asked }) => !asked) || lines.some((line) => !idle.has(template(line)))) return undefined;
  const shown = excerpt([...lines, "…"].slice(0, 1).join(""));
  return {
    status: "unproven",
    reason: {
      fr: `non observé : l'application écrit les mêmes lignes avec et sans requêtes, et aucune ne nomme une requête (${shown})`,
      en: `not observed: the application writes the same lines with and without requests, and none of them names a request (${shown})`,
    },
    settle,
  };
}

const WORD = /[\p{L}\p{N}._:+-]+/gu;
/** Identifier in hexadecimal without a digit. */
const HEX = /^[a-f-]{8,}$/i;

/** Line without numbers, times and identifiers. */
function template(line: string): string {
  return line.replaceAll(WORD, (word) => (/\d/.test(word) || HEX.test(word) ? "#" : word));
}
