import type { Lang } from "../contract/text.ts";
import type { Answer, Verdict } from "../contract/verdict.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, ANSWER_WORDS, capitalized } from "./words.ts";

/** The answer by word, sign and colour; the sign is not read aloud. */
export function answerBadge(answer: Answer, lang: Lang): string {
  return badge(answer, ANSWER_WORDS[answer][lang]);
}

export function verdictBadge(admitted: Verdict["admitted"], lang: Lang): string {
  return badge(admitted, capitalized(ADMISSION_WORDS[admitted][lang]));
}

function badge(answer: Answer, word: string): string {
  const name = answer === "n/a" ? "na" : answer;
  return `<span class="answer ${name}"><span aria-hidden="true">${ANSWER_SYMBOLS[answer]}</span> ${word}</span>`;
}
