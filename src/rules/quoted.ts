import { escapedUnits } from "../contract/code-units.ts";

/** Characters of a value that a message shows; the place that the finding names holds the rest. */
const SHOWN = 120;

/** What most values are: nothing in them to escape. */
const PLAIN = /^[\x20-\x7e]*$/;

/** A value from an image as messages show it: shortened, control and bidirectional characters escaped. */
export function quoted(value: string): string {
  const shown = value.length > SHOWN ? shortened(value) : value;
  return PLAIN.test(shown) ? shown : escaped(shown);
}

function shortened(value: string): string {
  const characters = Array.from(value);
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : value;
}

function escaped(shown: string): string {
  return shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapedUnits);
}
