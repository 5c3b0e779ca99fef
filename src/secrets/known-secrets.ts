import type { SecretSpan } from "./spans.ts";

/** Spans of known values, at all their occurrences in a text. */
export function knownSecrets(
  text: string,
  found: Iterable<readonly [value: string, Pick<SecretSpan, "kind" | "confidence">]>,
): readonly SecretSpan[] {
  return [...found].flatMap(([value, { kind, confidence }]) =>
    offsets(text, value).map((start) => ({ kind, confidence, start, end: start + value.length, value })),
  );
}

function offsets(text: string, value: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) found.push(at);
  return found;
}
