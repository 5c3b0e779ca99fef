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
 * Spans by offset, none overlapping: those that share characters become one that covers them all,
 * of the kind of the first confirmed one, else of the first whose kind is no note.
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

/** Kinds of what may be known to everybody, or open nothing: what a name says of it is more. */
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

/** The text with each of these spans masked. `spans`: as mergeSpans gives them. */
export function replaceSpans(text: string, spans: readonly SecretSpan[]): string {
  let masked = "";
  let from = 0;
  for (const { start, end, value } of spans) {
    masked += text.slice(from, start) + maskValue(value);
    from = end;
  }
  return masked + text.slice(from);
}
