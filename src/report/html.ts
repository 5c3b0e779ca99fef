import { createHash } from "node:crypto";
import { CONTRACT } from "../contract/rows.ts";
import { problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import { type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { countAnswers, totalText } from "./counts.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { answerBadge, verdictBadge } from "./html-badge.ts";
import { STYLE } from "./html-style.ts";
import { htmlSubject } from "./html-subject.ts";
import { declaredAt } from "./place.ts";
import type { Report } from "./report.ts";
import { environmentOf, isMany } from "./subject.ts";
import { labelled, WORDS } from "./words.ts";

/** Nothing is loaded, run or sent; the one style sheet is named by its hash (CSP Level 3). */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** One file to read, print or attach: no script, no external resource. */
export const html: Report = ({ verdicts, errors, skipped, trials = [] }, { lang, version }) => {
  const total = verdicts.length === 0 ? WORDS.nothing[lang] : totalText(verdicts, lang);
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
${verdicts.length > 1 ? overview(verdicts, lang) : ""}${sources(errors, WORDS.notRead[lang], lang)}${sources(skipped, WORDS.skipped[lang], lang)}${verdicts
  .map((verdict, index) => htmlSubject(verdict, `s${index + 1}`, isMany(verdicts), lang, trials[index]))
  .join("")}</main>
<footer>${escapeMarkup(`douane ${version} · ${labelled(WORDS.edition[lang], CONTRACT, lang)}`)}</footer>
</body>
</html>
`;
};

/** The applications one below the other, each leading to its section. */
function overview(verdicts: readonly Verdict[], lang: Lang): string {
  const heads = [WORDS.application, WORDS.verdict, WORDS.environment, WORDS.declared]
    .map((word) => `<th scope="col">${word[lang]}</th>`)
    .join("");
  const answers = WORST_FIRST.map(
    (answer) => `<th scope="col" class="number">${answerBadge(answer, lang)}</th>`,
  ).join("");
  const rows = verdicts.map((verdict, index) => overviewRow(verdict, `s${index + 1}`, lang));
  return `<div class="wide"><table>
<thead><tr>${heads}${answers}</tr></thead>
<tbody>
${rows.join("")}</tbody>
</table></div>
`;
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
