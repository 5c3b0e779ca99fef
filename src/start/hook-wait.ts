import type { HookFacts } from "../contract/pod-facts.ts";
import { commandName } from "../shell/wrappers.ts";
import { handlerCommands } from "./handler-commands.ts";

const UNITS = [
  { pattern: /^\d{1,9}(?:\.\d{1,9})?s?$/, seconds: 1 },
  { pattern: /^\d{1,9}(?:\.\d{1,9})?m$/, seconds: 60 },
  { pattern: /^\d{1,9}(?:\.\d{1,9})?h$/, seconds: 3_600 },
  { pattern: /^\d{1,9}(?:\.\d{1,9})?d$/, seconds: 86_400 },
] as const;

/** Seconds that a hook certainly waits, by its own `sleep` action or by the program `sleep`. */
export function hookWait({ sleep, exec }: HookFacts): number {
  if (sleep !== undefined) return sleep.seconds ?? 0;
  let seconds = 0;
  for (const { words, conditions, operator } of handlerCommands(exec?.command ?? [])) {
    if (commandName(words[0]) !== "sleep" || conditions.length > 0 || operator === "&") continue;
    for (const word of words.slice(1)) seconds += duration(word);
  }
  return seconds;
}

/** Seconds for an argument of GNU sleep(1): `5`, `0.5`, `2m`; 0 if it is not a duration. */
function duration(word: string): number {
  const unit = UNITS.find(({ pattern }) => pattern.test(word));
  return unit === undefined ? 0 : Number.parseFloat(word) * unit.seconds;
}
