import type { RuleId } from "./rows.ts";

/**
 * Stable, readable identifier of a finding: the rule and the parts that distinguish its findings, without
 * white space. A platform's policy accepts a false finding by its fingerprint, so it contains everything that
 * makes the finding true (a path, a value's id), and nothing that varies between runs.
 */
export function fingerprint(rule: RuleId, ...parts: readonly string[]): string {
  return [rule, ...parts.map(encode)].join(":");
}

/** Percent-encodes characters that would break a line or confuse the parts. */
function encode(part: string): string {
  return part.replace(/[^\w./@+=,-]/gu, (character) => encodeURIComponent(character.toWellFormed()));
}
