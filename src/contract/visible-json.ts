import { escapedUnits } from "./code-units.ts";

/** Nearly all JSON is of ASCII. */
const HARMLESS = /^[\n\x20-\x7e]*$/;

/** A value as JSON: exact for a parser, and nothing in it acts on a terminal or turns the writing. */
export function visibleJson(value: unknown, space?: number): string {
  const json = JSON.stringify(value, undefined, space);
  return HARMLESS.test(json) ? json : json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapedUnits);
}
