import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { ExitEvent } from "../contract/trial-events.ts";
import { seconds } from "./seconds.ts";

/** How and when the first process ended on its own. */
export function exitWords(exit: ExitEvent): Text {
  const after = seconds(exit.afterMs);
  const how = endWords(exit);
  return {
    fr: `le processus s'est arrêté de lui-même après ${after.fr}, ${how.fr}`,
    en: `the process ended by itself after ${after.en}, ${how.en}`,
  };
}

/** Words for an end: `code 1`, or the signal. */
export function endWords({ code, signal }: Pick<ExitEvent, "code" | "signal">): Text {
  if (signal !== undefined) return { fr: `signal ${excerpt(signal)}`, en: `signal ${excerpt(signal)}` };
  if (code !== undefined) return { fr: `code ${code}`, en: `code ${code}` };
  return { fr: "code inconnu", en: "unknown code" };
}
