import type { RuleId } from "./rows.ts";

/**
 * The stable name of one finding: the rule and what tells its findings apart, readable, without
 * white space. A platform's policy accepts a false finding under this very name, so every part
 * that makes it true (a path, a value's id) belongs into it, and nothing that varies by run.
 */
export function fingerprint(rule: RuleId, ...parts: readonly string[]): string {
  return [rule, ...parts.map(encode)].join(":");
}

/** Percent-encodes what would break a line or blur the parts. */
function encode(part: string): string {
  return part.replace(/[^\w./@+=,-]/gu, (character) => encodeURIComponent(character.toWellFormed()));
}
