import { escapedUnits } from "./code-units.ts";

/** Text that needs no escaping, as nearly all JSON is ASCII. */
const HARMLESS = /^[\n\x20-\x7e]*$/;

/**
 * A value as JSON, exact for a parser, with characters escaped that would control a terminal or change the
 * direction of text.
 */
export function visibleJson(value: unknown, space?: number): string {
  const json = JSON.stringify(value, undefined, space);
  return HARMLESS.test(json) ? json : json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapedUnits);
}
