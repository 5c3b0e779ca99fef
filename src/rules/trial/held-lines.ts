import type { Outcome } from "../../contract/rule.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { textAfterStop } from "./work-lines.ts";

/**
 * Outcome for lines about requests that came only after the stop signal: the application's buffer kept them.
 * Undefined if no output shows this.
 */
export function heldUntilStop({ observations }: Pick<TrialFacts, "observations">): Outcome | undefined {
  const asked = observed(observations, "http").filter(({ why }) => why === "random");
  const isHeld = (output: Observed<"output">) => {
    const text = textAfterStop(output);
    return asked.some(({ phase, path }) => phase === output.phase && text.includes(path));
  };
  return observed(observations, "output").some(isHeld) ? HELD : undefined;
}

const HELD: Outcome = {
  status: "unproven",
  reason: {
    fr: "non observé : l'application garde ses lignes en mémoire jusqu'à son arrêt, et celles d'un processus tué sont perdues",
    en: "not observed: the application keeps its lines in memory until it stops, and those of a killed process are lost",
  },
  settle: {
    fr: "Écrire chaque ligne aussitôt : PYTHONUNBUFFERED=1 dans l'image pour Python, ailleurs un vidage de la mémoire tampon après chaque ligne.",
    en: "Write each line at once: PYTHONUNBUFFERED=1 in the image for Python, elsewhere a flush of the buffer after each line.",
  },
};
