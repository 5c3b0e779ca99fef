import { createHash } from "node:crypto";
import { CONTRACT } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import { type SourceProblem, type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { countAnswers, totalText } from "./counts.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { answerBadge, verdictBadge } from "./html-badge.ts";
import { STYLE } from "./html-style.ts";
import { htmlSubject } from "./html-subject.ts";
import type { Report } from "./report.ts";
import { labelled, WORDS } from "./words.ts";

/** Nothing is loaded, run or sent; the one style sheet is named by its hash (CSP Level 3). */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** One file to read, print or attach: no script, no external resource. */
export const html: Report = ({ verdicts, errors }, { lang, version }) => {
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
${verdicts.length > 1 ? overview(verdicts, lang) : ""}${problems(errors, lang)}${verdicts
  .map((verdict, index) => htmlSubject(verdict, `s${index + 1}`, lang))
  .join("")}</main>
<footer>${escapeMarkup(`douane ${version} · ${labelled(WORDS.edition[lang], CONTRACT, lang)}`)}</footer>
</body>
</html>
`;
};

function overview(verdicts: readonly Verdict[], lang: Lang): string {
  const heads = WORST_FIRST.map(
    (answer) => `<th scope="col" class="number">${answerBadge(answer, lang)}</th>`,
  ).join("");
  const rows = verdicts.map(({ admitted, subject, rows }, index) => {
    const counts = countAnswers(rows);
    const cells = WORST_FIRST.map((answer) => `<td class="number">${counts[answer]}</td>`).join("");
    const name = `<a href="#s${index + 1}">${escapeMarkup(subject.name)}</a>`;
    return `<tr><th scope="row">${name}</th><td>${verdictBadge(admitted, lang)}</td>${cells}</tr>\n`;
  });
  return `<table>
<thead><tr><th scope="col">${WORDS.application[lang]}</th><th scope="col">${WORDS.verdict[lang]}</th>${heads}</tr></thead>
<tbody>
${rows.join("")}</tbody>
</table>
`;
}

function problems(errors: readonly SourceProblem[], lang: Lang): string {
  if (errors.length === 0) return "";
  const items = errors.map(
    ({ file, message }) =>
      `<li><code>${escapeMarkup(file)}</code> <span class="context">${htmlProse(message[lang])}</span></li>\n`,
  );
  return `<section class="row problems"><h2>${WORDS.notRead[lang]}</h2>\n<ul>\n${items.join("")}</ul></section>\n`;
}
