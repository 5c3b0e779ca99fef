import { createHash } from "node:crypto";
import { CONTRACT } from "../contract/edition.ts";
import { problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import { type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { countAnswers, noTotals, totalText } from "./counts.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { FewOrMany } from "./few-or-many.ts";
import { HeldText } from "./held-text.ts";
import { answerBadge, verdictBadge } from "./html-badge.ts";
import { STYLE } from "./html-style.ts";
import { htmlSubject } from "./html-subject.ts";
import { declaredAt } from "./place.ts";
import type { Report } from "./report.ts";
import { environmentOf } from "./subject.ts";
import { labelled, WORDS } from "./words.ts";

/** Nothing is loaded, run or sent; the one style sheet is named by its hash (CSP Level 3). */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * One file to read, print or attach: no script, no external resource. The total and the table of
 * the applications stand before their sections, which wait for it.
 */
export const html: Report = ({ lang, version }) => {
  const totals = noTotals();
  const lines = new HeldText();
  const sections = new HeldText();
  let applications = 0;
  const tell = (verdict: Verdict, isOneOfMany: boolean): void => {
    applications += 1;
    const id = `s${applications}`;
    lines.add(overviewRow(verdict, id, lang));
    sections.add(htmlSubject(verdict, id, isOneOfMany, lang));
  };
  const verdicts = new FewOrMany((verdict) => tell(verdict, true));
  return {
    head: "",
    verdict(verdict) {
      totals[verdict.admitted] += 1;
      verdicts.add(verdict);
      return "";
    },
    *end({ errors, skipped }) {
      for (const verdict of verdicts.few) tell(verdict, false);
      yield head(totalText(totals, lang), lang);
      if (applications > 1) yield* overview(lines, lang);
      yield sources(errors, WORDS.notRead[lang], lang);
      yield sources(skipped, WORDS.skipped[lang], lang);
      yield* sections;
      yield foot(version, lang);
    },
  };
};

function head(total: string, lang: Lang): string {
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`${total} · douane`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${WORDS.title[lang]}</h1>
<p class="total">${escapeMarkup(total)}</p>
</header>
<main>
`;
}

function foot(version: string, lang: Lang): string {
  return `</main>
<footer>${escapeMarkup(`douane ${version} · ${labelled(WORDS.edition[lang], CONTRACT, lang)}`)}</footer>
</body>
</html>
`;
}

/** The applications one below the other, each leading to its section. */
function* overview(lines: Iterable<string>, lang: Lang): Generator<string> {
  const heads = [WORDS.application, WORDS.verdict, WORDS.environment, WORDS.declared]
    .map((word) => `<th scope="col">${word[lang]}</th>`)
    .join("");
  const answers = WORST_FIRST.map(
    (answer) => `<th scope="col" class="number">${answerBadge(answer, lang)}</th>`,
  ).join("");
  yield `<div class="wide"><table>
<thead><tr>${heads}${answers}</tr></thead>
<tbody>
`;
  yield* lines;
  yield "</tbody>\n</table></div>\n";
}

function overviewRow({ admitted, subject, rows }: Verdict, id: string, lang: Lang): string {
  const counts = countAnswers(rows);
  const { workload } = subject;
  const cells = [
    `<th scope="row"><a href="#${id}">${escapeMarkup(subject.name)}</a></th>`,
    `<td>${verdictBadge(admitted, lang)}</td>`,
    `<td class="name">${escapeMarkup(environmentOf(subject))}</td>`,
    `<td class="name">${workload === undefined ? "" : escapeMarkup(declaredAt(workload))}</td>`,
    ...WORST_FIRST.map((answer) => `<td class="number">${counts[answer]}</td>`),
  ];
  return `<tr>${cells.join("")}</tr>\n`;
}

/** Sources of which there is only something to say. */
function sources(problems: readonly SourceProblem[], title: string, lang: Lang): string {
  if (problems.length === 0) return "";
  const items = problems.map(
    ({ about, message }) =>
      `<li><code>${escapeMarkup(problemTitle(about))}</code> <span class="context">${htmlProse(message[lang])}</span></li>\n`,
  );
  return `<section class="row problems"><h2>${title}</h2>\n<ul>\n${items.join("")}</ul></section>\n`;
}
