import { type Answer, WORST_FIRST } from "../contract/verdict.ts";
import { answerClass } from "./html-badge.ts";

/** Bar with the proportions of the answers; decorative, since the text beside it has the same numbers. */
export function answerBar(counts: Readonly<Partial<Record<Answer, number>>>): string {
  const all = WORST_FIRST.reduce((total, answer) => total + (counts[answer] ?? 0), 0);
  let before = 0;
  const parts = WORST_FIRST.flatMap((answer) => {
    const count = counts[answer] ?? 0;
    if (count === 0) return [];
    const part = `<rect class="${answerClass(answer)}" x="${percent(before, all)}" width="${percent(count, all)}" height="100%"></rect>`;
    before += count;
    return [part];
  });
  return parts.length === 0 ? "" : `<svg class="bar" aria-hidden="true">${parts.join("")}</svg>\n`;
}

/** Percentage for attributes and CSS, rounded to hundredths. */
export function percent(part: number, whole: number): string {
  return `${Math.round((10_000 * part) / Math.max(1, whole)) / 100}%`;
}
