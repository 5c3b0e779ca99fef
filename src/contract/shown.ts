import { escapedUnits } from "./code-units.ts";

/** Maximum number of characters of a value in a sentence; the full value is at the named place. */
const SHOWN = 120;
const QUOTED = 200;

/** Text without characters to escape, as most values are. */
const PLAIN = /^[\x20-\x7e]*$/;

/** An untrusted value for sentences: shortened, with control and bidirectional characters escaped. */
export function excerpt(value: string): string {
  const short = value.length > SHOWN ? shortened(value) : value;
  return PLAIN.test(short) ? short : short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapedUnits);
}

/** The first of some untrusted values for sentences, with an ellipsis if there are more. */
export function excerpts(values: readonly string[], most: number): string {
  return values.slice(0, most).map(excerpt).join(", ") + (values.length > most ? ", …" : "");
}

/** An untrusted value in quotes, for messages about input: cut at 200 characters. */
export function quoted(value: string): string {
  return quotedUpTo(QUOTED, value);
}

/** An untrusted value in quotes, cut at this number of characters. */
export function quotedUpTo(most: number, value: string): string {
  const short = value.length > most ? `${beginning(value, most)}…` : value;
  return JSON.stringify(short).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapedUnits);
}

/** Beginning of a value without a cut word, since half a secret could not be recognised. */
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
