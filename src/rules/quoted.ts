import { escapedUnits } from "../contract/code-units.ts";

/** Characters of a value that a message shows; the place that the finding names holds the rest. */
const SHOWN = 120;

/** A value from an image as messages show it: shortened, control and bidirectional characters escaped. */
export function quoted(value: string): string {
  const characters = Array.from(value);
  const shown = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : value;
  return shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapedUnits);
}
