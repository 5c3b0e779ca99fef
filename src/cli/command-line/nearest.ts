import type { Text } from "../../contract/text.ts";

/** Suggestion for an unknown word: the most similar candidate, otherwise all of them. */
export function suggestion(word: string, candidates: readonly string[]): Text {
  const near = nearest(word, candidates);
  if (near !== undefined) return { fr: `Peut-être ${near} ?`, en: `Did you mean ${near}?` };
  const list = candidates.join(", ");
  return { fr: `Possibles : ${list}.`, en: `Possible: ${list}.` };
}

/** The most similar candidate; undefined if more than a third of the word differs. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const bound = Math.max(1, Math.floor(Math.min(word.length, 40) / 3));
  let best: string | undefined;
  let least = bound + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase().slice(0, 40), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Number of insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      current.push(
        Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same, swapped),
      );
    }
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? 0;
}
