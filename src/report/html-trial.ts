import type { Lang, Text } from "../contract/text.ts";
import type { TrialFacts, TrialPhaseFacts, TrialPhaseName } from "../contract/trial-facts.ts";
import type { TriedContainer } from "../contract/verdict.ts";
import { exitWords } from "./container-exit-codes.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { percent } from "./html-bar.ts";
import { phaseName, phaseSummary, secondsText } from "./trial-phase.ts";
import { capitalized, labelled, WORDS } from "./words.ts";

const TITLE: Text = { fr: "Déroulement de l'essai", en: "Course of the trial" };
const LASTS: Text = { fr: "durée", en: "duration" };
const CODES: Text = { fr: "Ce que disent les codes de fin", en: "What the exit codes say" };
/** Maximum number of ticks of the axis. */
const TICKS = 6;

/** Purpose of each phase. */
const PURPOSES: Readonly<Record<TrialPhaseName, Text>> = {
  "read-only": {
    fr: "premier démarrage, comme la plateforme le fera",
    en: "first start, as the platform will do it",
  },
  restart: {
    fr: "le même conteneur, volumes et /tmp comme il les a laissés",
    en: "the same container, with its volumes and /tmp as it left them",
  },
  "after-stop": {
    fr: "le même conteneur après son arrêt, volumes et /tmp comme il les a laissés",
    en: "the same container after its stop, with its volumes and /tmp as it left them",
  },
  writable: {
    fr: "ce que l'application écrit, quand elle le peut",
    en: "what the application writes, when it can",
  },
  kept: { fr: "les fichiers qu'elle a laissés et relit", en: "the files that it left and reads again" },
  tried: { fr: "avec les emptyDirs proposés", en: "with the emptyDirs that are proposed" },
  "tried-again": {
    fr: "le même conteneur après kill -9, ces emptyDirs comme il les a laissés",
    en: "that container after kill -9, with these emptyDirs as it left them",
  },
  replica: { fr: "une seconde instance à côté de la première", en: "a second instance beside the first" },
};

/** Timeline of a trial: its phases, each with its observations, and the meaning of exit codes. */
export function htmlTrial({ container, facts }: TriedContainer, lang: Lang): string {
  const { executor, durationMs } = facts;
  const about = [
    ...(container === undefined ? [] : [labelled(WORDS.container[lang], container, lang)]),
    `${executor.name} ${executor.version} (${executor.mode})`,
    labelled(LASTS[lang], secondsText(durationMs, lang), lang),
  ];
  const phases = facts.phases.map((phase) => phaseItem(phase, facts, lang));
  return `<details class="trial chapter" open><summary><h3>${TITLE[lang]}</h3></summary>
<p class="facts">${escapeMarkup(about.join(" · "))}</p>
<ol class="phases">
${axis(durationMs, lang)}${phases.join("")}</ol>
${codes(facts, lang)}</details>
`;
}

/**
 * Time axis, in full seconds, or fractions for a short trial. Decorative: the phases state their times in
 * words.
 */
function axis(durationMs: number, lang: Lang): string {
  const step = stepOf(durationMs);
  const marks: string[] = [];
  for (let ms = 0; ms <= durationMs; ms += step) {
    const x = percent(ms, durationMs);
    const isLast = ms + step > durationMs;
    const anchor = ms === 0 ? "start" : isLast && durationMs - ms < step / 2 ? "end" : "middle";
    marks.push(
      `<line class="tick" x1="${x}" x2="${x}" y1="70%" y2="100%"></line><text x="${x}" y="60%" text-anchor="${anchor}">${secondsText(ms, lang)}</text>`,
    );
  }
  return `<li class="axis" aria-hidden="true"><span></span><svg>${marks.join("")}</svg><span></span></li>\n`;
}

/** Distance of ticks in seconds: 0.1, 0.2, 0.5, 1, 2, 5, 10… */
function stepOf(durationMs: number): number {
  for (let unit = 100; ; unit *= 10) {
    for (const factor of [1, 2, 5]) {
      if (durationMs / (unit * factor) <= TICKS) return unit * factor;
    }
  }
}

function phaseItem(phase: TrialPhaseFacts, { observations, durationMs }: TrialFacts, lang: Lang): string {
  const { name, startMs, endMs } = phase;
  const from = { fr: "de", en: "from" }[lang];
  const to = { fr: "à", en: "to" }[lang];
  const when = `${from} ${secondsText(startMs, lang)} ${to} ${secondsText(endMs, lang)} (${secondsText(endMs - startMs, lang)})`;
  const bar = `<rect class="${name}" x="${percent(startMs, durationMs)}" width="${percent(Math.max(endMs - startMs, durationMs / 200), durationMs)}" y="20%" height="60%" rx="3"></rect>`;
  const seen = phaseSummary(phase, observations, lang).join(" · ");
  return `<li><div><b>${escapeMarkup(capitalized(phaseName(phase, observations, lang)))}</b><span class="context">${PURPOSES[name][lang]}</span></div>
<div><svg aria-hidden="true">${bar}</svg></div>
<div>${escapeMarkup(seen)}<span class="context">${when}</span></div></li>
`;
}

function codes(facts: TrialFacts, lang: Lang): string {
  const words = exitWords(facts, lang);
  if (words.length === 0) return "";
  const items = words.map(({ code, says }) => `<dt>${escapeMarkup(code)}</dt><dd>${htmlProse(says)}</dd>\n`);
  return `<h4>${CODES[lang]}</h4>\n<dl class="codes">\n${items.join("")}</dl>\n`;
}
