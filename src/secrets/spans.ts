import type { SecretFacts } from "../contract/image-facts.ts";
import { maskValue } from "./mask.ts";

/** A secret in a text. */
export interface SecretSpan extends Pick<SecretFacts, "kind" | "confidence"> {
  /** Offsets of the secret in the text. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/**
 * Sorts spans by offset and joins overlapping spans. The joined span takes the kind of the first confirmed
 * span, otherwise of the first span whose kind is not public.
 */
export function mergeSpans(text: string, spans: readonly SecretSpan[]): readonly SecretSpan[] {
  const merged: SecretSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const previous = merged.at(-1);
    if (previous === undefined || previous.end <= span.start) merged.push(span);
    else merged[merged.length - 1] = union(text, previous, span);
  }
  return merged;
}

/** Kinds that may be public or grant no access; a kind found by name takes precedence. */
const PUBLIC_KINDS: ReadonlySet<string> = new Set(["publishable-key", "published-default", "jwt"]);

function isGraver(one: SecretSpan, other: SecretSpan): boolean {
  if (one.confidence !== other.confidence) return one.confidence === "confirmed";
  return PUBLIC_KINDS.has(other.kind) && !PUBLIC_KINDS.has(one.kind);
}

function union(text: string, a: SecretSpan, b: SecretSpan): SecretSpan {
  const { kind, confidence } = isGraver(b, a) ? b : a;
  const end = Math.max(a.end, b.end);
  return { kind, confidence, start: a.start, end, value: text.slice(a.start, end) };
}

/** The text with each of these spans masked. `spans`: as returned by mergeSpans(). */
export function replaceSpans(text: string, spans: readonly SecretSpan[]): string {
  let masked = "";
  let from = 0;
  for (const { start, end, value } of spans) {
    masked += text.slice(from, start) + maskValue(value);
    from = end;
  }
  return masked + text.slice(from);
}
