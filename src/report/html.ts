import { problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { Causes } from "./causes.ts";
import { CompressedText } from "./compressed-text.ts";
import { countAnswers, noTotals, REFUSED_FIRST, totalText } from "./counts.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { verdictBadge } from "./html-badge.ts";
import { answerBar } from "./html-bar.ts";
import { htmlCauses, type NamedApplication } from "./html-causes.ts";
import { type Heading, htmlFoot, htmlHead } from "./html-head.ts";
import { leadText } from "./html-lead.ts";
import { htmlOverview, overviewRow } from "./html-overview.ts";
import { Page } from "./html-page.ts";
import type { SectionForm } from "./html-row.ts";
import { htmlSubject } from "./html-subject.ts";
import type { Report, ReportFooter } from "./report.ts";
import { fullName, isMany } from "./subject.ts";
import { VerdictBuffer } from "./verdict-buffer.ts";
import { ADMISSION_WORDS, capitalized, WORDS } from "./words.ts";

/**
 * Maximum number of applications whose proofs are included; a page with more would not open and print
 * quickly.
 */
const ROOM = 40;

const SHORTENED: Text = {
  fr: "Un rapport de tant d'applications ne donne les remèdes qu'une fois, avec les causes et les règles, et ni preuves ni empreintes de constats : le contrôle d'un seul manifeste, ou « --format json », donne tout.",
  en: "A report of so many applications gives remedies once, with the causes and the rules, and neither proofs nor fingerprints of findings: the check of a single manifest, or `--format json`, gives all.",
};

/**
 * A single file to send, read, print or attach, without external resources; its script only sorts and
 * filters. Totals, causes and the table come first, so sections are held back until all verdicts are known.
 */
export const html: Report = (options) => {
  const { lang, rules, version } = options;
  const page = new Page(lang, rules);
  const totals = noTotals();
  const causes = new Causes();
  const lines = heldByVerdict();
  const sections = heldByVerdict();
  const shortSections = heldByVerdict();
  const applications: NamedApplication[] = [];
  const verdicts = new VerdictBuffer(tellOneOfMany);
  let told = 0;

  function tell(verdict: Verdict, form: SectionForm): void {
    told += 1;
    sections[verdict.admitted].add(htmlSubject(verdict, page, `s${told}`, form));
  }

  /** Adds the section in both lengths until it is known that the long form does not fit. */
  function tellOneOfMany(verdict: Verdict): void {
    shortSections[verdict.admitted].add(htmlSubject(verdict, page, `s${told + 1}`, "short"));
    if (applications.length <= ROOM) tell(verdict, "many");
    else told += 1;
  }

  function heading({ errors }: ReportFooter): Heading {
    const [only] = applications.length === 1 ? verdicts.few : [];
    const title = only === undefined ? totalText(totals, lang) : titleOf(only, lang);
    const subject = only === undefined ? "" : escapeMarkup(only.subject.name);
    return {
      title,
      markup: only === undefined ? escapeMarkup(title) : `${verdictBadge(only.admitted, lang)} ${subject}`,
      lead: leadText(totals, causes, errors, lang),
      bar: answerBar(only === undefined ? totals : countAnswers(only.rows)),
      images: only?.subject.images ?? [],
      many: isMany(applications.length),
    };
  }

  return {
    head: "",
    verdict(verdict) {
      totals[verdict.admitted] += 1;
      applications.push({ id: `s${applications.length + 1}`, name: fullName(verdict.subject) });
      const own = causes.add(verdict);
      lines[verdict.admitted].add(overviewRow(verdict, `s${applications.length}`, own, lang));
      verdicts.add(verdict);
      return "";
    },
    *end(unjudged) {
      yield htmlHead(heading(unjudged), options);
      if (applications.length > 1) {
        const all = [...causes.of("refused"), ...causes.of("open"), ...causes.of("advised")];
        yield* htmlCauses(causes, applications, page);
        yield* htmlOverview(inOrder(lines), totals, all, lang);
      }
      for (const verdict of verdicts.few) tell(verdict, applications.length === 1 ? "only" : "few");
      yield sources(unjudged.errors, WORDS.notRead[lang], lang);
      yield sources(unjudged.skipped, WORDS.skipped[lang], lang);
      if (applications.length > ROOM) yield `<p class="note">${htmlProse(SHORTENED[lang])}</p>\n`;
      yield* inOrder(applications.length > ROOM ? shortSections : sections);
      yield* page.words();
      yield htmlFoot(version, lang);
    },
  };
};

type HeldByVerdict = Readonly<Record<Verdict["admitted"], CompressedText>>;

function heldByVerdict(): HeldByVerdict {
  return { no: new CompressedText(), unproven: new CompressedText(), yes: new CompressedText() };
}

function* inOrder(held: HeldByVerdict): Generator<string> {
  for (const admitted of REFUSED_FIRST) yield* held[admitted];
}

function titleOf({ admitted, subject }: Verdict, lang: Lang): string {
  return `${capitalized(ADMISSION_WORDS[admitted][lang])} · ${subject.name}`;
}

/** Sources listed with a message only. */
function sources(problems: readonly SourceProblem[], title: string, lang: Lang): string {
  if (problems.length === 0) return "";
  const items = problems.map(
    ({ about, message }) =>
      `<li><code>${escapeMarkup(problemTitle(about))}</code> <span class="context">${htmlProse(message[lang])}</span></li>\n`,
  );
  return `<section class="problems"><h2>${title}</h2>\n<ul>\n${items.join("")}</ul></section>\n`;
}
