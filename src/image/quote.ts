import { escapedUnits } from "../contract/code-units.ts";

const LONGEST = 200;

/**
 * A value from outside, fit to stand in a message: between quotes, cut at 200 characters, nothing
 * in it that moves a cursor or turns the direction of writing.
 */
export function quote(value: string): string {
  const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return JSON.stringify(shown).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapedUnits);
}
