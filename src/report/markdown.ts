import { CATEGORIES, rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { RowVerdict, SourceProblem, Subject, Verdict } from "../contract/verdict.ts";
import { countsText, totalText } from "./counts.ts";
import { markdownCode, markdownProse } from "./escape.ts";
import { markdownDetails, shorten } from "./markdown-details.ts";
import { nextSteps } from "./next-steps.ts";
import { imageText, originText } from "./place.ts";
import type { Report } from "./report.ts";
import {
  ADMISSION_WORDS,
  ANSWER_SYMBOLS,
  ANSWER_WORDS,
  CATEGORY_WORDS,
  capitalized,
  labelled,
  WORDS,
} from "./words.ts";

/** GitHub refuses a comment of more than 65,536 characters; the rest is left to what a bot adds. */
const LIMIT_BYTES = 60_000;
/** Kept for the sentence that says what was left out. */
const RESERVE_BYTES = 500;

/** A comment for a merge request: the verdicts first, then the tables, the details folded. */
export const markdown: Report = ({ verdicts, errors }, { lang }) => {
  const blocks = [
    ...(verdicts.length === 1 ? [] : [overviewTitle(verdicts, lang)]),
    ...(verdicts.length === 1 ? [] : verdicts.map((verdict) => overviewLine(verdict, lang))),
    ...problems(errors, lang),
    ...verdicts.flatMap((verdict) => [
      heading(verdict, lang),
      table(verdict, lang),
      ...markdownDetails(verdict, lang),
    ]),
  ];
  return `${fit(blocks, lang).trim()}\n`;
};

/** As many whole blocks as fit; how many did not is said. */
function fit(blocks: readonly string[], lang: Lang): string {
  let text = "";
  let bytes = 0;
  for (const [index, block] of blocks.entries()) {
    bytes += Buffer.byteLength(block);
    if (bytes > LIMIT_BYTES - RESERVE_BYTES) return `${text}\n${truncated(blocks.length - index, lang)}`;
    text += block;
  }
  return text;
}

function truncated(count: number, lang: Lang): string {
  return {
    fr: `**Rapport tronqué** à ${LIMIT_BYTES / 1_000} ko ; blocs omis : ${count}. \`--format json\` et \`--format html\` donnent tout.`,
    en: `**Report truncated** at ${LIMIT_BYTES / 1_000} kB; blocks left out: ${count}. \`--format json\` and \`--format html\` give everything.`,
  }[lang];
}

function overviewTitle(verdicts: readonly Verdict[], lang: Lang): string {
  return `## ${verdicts.length === 0 ? WORDS.nothing[lang] : totalText(verdicts, lang)}\n\n`;
}

function overviewLine({ admitted, subject, rows }: Verdict, lang: Lang): string {
  const verdict = `${ANSWER_SYMBOLS[admitted]} **${ADMISSION_WORDS[admitted][lang]}**`;
  return `- ${verdict} ${markdownCode(shorten(subject.name))} · ${countsText(rows, lang)}\n`;
}

function problems(errors: readonly SourceProblem[], lang: Lang): readonly string[] {
  if (errors.length === 0) return [];
  return [
    `\n### ${WORDS.notRead[lang]}\n\n`,
    ...errors.map(
      ({ file, message }) => `- ${markdownCode(shorten(file))}\n  ${markdownProse(shorten(message[lang]))}\n`,
    ),
  ];
}

function heading(verdict: Verdict, lang: Lang): string {
  const { subject, admitted, rows } = verdict;
  const answer = `${ANSWER_SYMBOLS[admitted]} ${capitalized(ADMISSION_WORDS[admitted][lang])}`;
  const mandatory = rows.filter(({ category }) => category === "mandatory");
  const counts = `${countsText(rows, lang)} · ${labelled(
    CATEGORY_WORDS.mandatory[lang].toLowerCase(),
    countsText(mandatory, lang),
    lang,
  )}`;
  const steps = nextSteps(verdict, lang).join(" ");
  return [
    `\n### ${answer} · ${markdownCode(shorten(subject.name))}`,
    `**${counts}**`,
    ...facts(subject, lang),
    `${labelled(`**${WORDS.next[lang]}**`, markdownProse(steps), lang)}\n\n`,
  ].join("\n\n");
}

function facts(subject: Subject, lang: Lang): readonly string[] {
  const images = subject.images.map((image) => {
    const text = imageText(image, subject, lang);
    return image.container === undefined ? text : labelled(image.container, text, lang);
  });
  return [originText(subject, lang), ...images]
    .filter((text) => text !== "")
    .map((text) => markdownProse(shorten(text)));
}

/** Only the contract's own words and numbers stand in the table: nothing in it needs an escape. */
function table({ rows }: Verdict, lang: Lang): string {
  const head = `| ${WORDS.answer[lang]} | ${WORDS.requirement[lang]} | ${WORDS.clause[lang]} |\n|---|---|---|\n`;
  const body = CATEGORIES.map((category) => {
    const lines = rows.filter((row) => row.category === category).map((row) => tableRow(row, lang));
    return `| | **${CATEGORY_WORDS[category][lang]}** | |\n${lines.join("")}`;
  });
  return `${head}${body.join("")}\n`;
}

function tableRow({ id, answer }: RowVerdict, lang: Lang): string {
  const { title, clauses } = rowById(id);
  const word = ANSWER_WORDS[answer][lang];
  const shown = answer === "no" ? `**${word}**` : word;
  return `| ${ANSWER_SYMBOLS[answer]} ${shown} | ${title[lang]} | ${clauses.join(", ")} |\n`;
}
