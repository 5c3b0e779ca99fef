import type { Lang } from "../contract/text.ts";
import { type Answer, type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { ANSWER_STYLES } from "./checklist-row.ts";
import { countAnswers } from "./counts.ts";
import { pad, padStart, paragraph, type Style, type Terminal } from "./terminal.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, ANSWER_WORDS, WORDS } from "./words.ts";

/** Narrower than this, the counts leave no room for the names. */
const ROOMY = 72;

interface Line {
  readonly verdict: string;
  readonly counts: (answer: Answer) => string;
  readonly name: string;
  readonly style: Style;
}

/** One line per application, under the names of the columns. */
export function checklistOverview(verdicts: readonly Verdict[], lang: Lang, on: Terminal): readonly string[] {
  const head: Line = {
    verdict: WORDS.verdict[lang],
    counts: (answer) => ANSWER_WORDS[answer][lang],
    name: WORDS.application[lang],
    style: "bold",
  };
  const lines = verdicts.map(({ admitted, rows, subject }): Line => {
    const numbers = countAnswers(rows);
    return {
      verdict: `${ANSWER_SYMBOLS[admitted]} ${ADMISSION_WORDS[admitted][lang]}`,
      counts: (answer) => String(numbers[answer]),
      name: subject.name,
      style: ANSWER_STYLES[admitted],
    };
  });
  return [head, ...lines].flatMap((line) => overviewLine(line, lang, on));
}

function overviewLine({ verdict, counts, name, style }: Line, lang: Lang, on: Terminal): readonly string[] {
  const verdictColumns = 2 + Math.max(...Object.values(ADMISSION_WORDS).map((word) => word[lang].length));
  const answers = on.width < ROOMY ? [] : WORST_FIRST;
  const cells = answers.map((answer) => padStart(counts(answer), ANSWER_WORDS[answer][lang].length));
  const head = `${[pad(verdict, verdictColumns), ...cells].join("  ")}  `;
  return paragraph(on, { head: on.paint(style, head), indent: head.length, text: name });
}
