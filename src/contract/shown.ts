import { escapedUnits } from "./code-units.ts";

/** Characters of a value that a sentence shows; the place that it names holds the rest. */
const SHOWN = 120;
const QUOTED = 200;

/** Text without characters to escape, as most values are. */
const PLAIN = /^[\x20-\x7e]*$/;

/** A value from outside as sentences show it: shortened, control and bidirectional characters escaped. */
export function excerpt(value: string): string {
  const short = value.length > SHOWN ? shortened(value) : value;
  return PLAIN.test(short) ? short : short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapedUnits);
}

/** The same between quotes, as a message about input names it: cut at 200 characters. */
export function quoted(value: string): string {
  return quotedUpTo(QUOTED, value);
}

/** The same, cut at fewer characters. */
export function quotedUpTo(most: number, value: string): string {
  const short = value.length > most ? `${beginning(value, most)}…` : value;
  return JSON.stringify(short).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapedUnits);
}

/** Beginning of a value without a cut word, which may be half a secret that nothing would recognise. */
function beginning(value: string, most: number): string {
  const cut = value.slice(0, most);
  const whole = /[\w-]/.test(value.charAt(most)) ? cut.replace(/(?<![\w-])[\w-]+$/, "") : cut;
  // A single long word is cut: no token has 200 characters.
  return whole === "" && most === QUOTED ? cut : whole;
}

function shortened(value: string): string {
  const characters = Array.from(value);
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : value;
}
