import type { Lang } from "../contract/text.ts";
import type { Answer, Verdict } from "../contract/verdict.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, ANSWER_WORDS, capitalized } from "./words.ts";

/** Badge of an answer: word, symbol and colour; the symbol is hidden from screen readers. */
export function answerBadge(answer: Answer, lang: Lang): string {
  return badge(answer, ANSWER_WORDS[answer][lang]);
}

export function verdictBadge(admitted: Verdict["admitted"], lang: Lang): string {
  return badge(admitted, capitalized(ADMISSION_WORDS[admitted][lang]));
}

/** Count of an answer: a symbol for the eye, a word for screen readers. */
export function countBadge(answer: Answer, count: number, lang: Lang): string {
  return `<span class="answer ${answerClass(answer)}"><span aria-hidden="true">${ANSWER_SYMBOLS[answer]}</span> ${count}<span class="hidden"> ${ANSWER_WORDS[answer][lang]}</span></span>`;
}

/** Class of the style sheet that gives an element the answer's colour. */
export function answerClass(answer: Answer): string {
  return answer === "n/a" ? "na" : answer;
}

function badge(answer: Answer, word: string): string {
  return `<span class="answer ${answerClass(answer)}"><span aria-hidden="true">${ANSWER_SYMBOLS[answer]}</span> ${word}</span>`;
}
