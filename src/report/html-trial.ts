import type { Lang, Text } from "../contract/text.ts";
import type { TrialFacts, TrialPhaseFacts } from "../contract/trial-facts.ts";
import type { TriedContainer } from "../contract/verdict.ts";
import { escapeMarkup } from "./escape.ts";
import { phaseName, phaseSummary, secondsText } from "./trial-phase.ts";
import { labelled, WORDS } from "./words.ts";

const WIDTH = 600;
const LANE = 22;
const BAR = 16;

const TITLE: Text = { fr: "Déroulement de l'essai", en: "Course of the trial" };
const LASTS: Text = { fr: "durée", en: "duration" };
const HEADS: readonly Text[] = [
  { fr: "Phase", en: "Phase" },
  { fr: "Début", en: "Start" },
  { fr: "Durée", en: "Duration" },
  { fr: "Observé", en: "Observed" },
];

/** What happened when in a trial: a picture of its phases, and the same in words. */
export function htmlTrial({ container, facts }: TriedContainer, lang: Lang): string {
  const { executor, durationMs } = facts;
  const about = [
    ...(container === undefined ? [] : [labelled(WORDS.container[lang], container, lang)]),
    `${executor.name} ${executor.version} (${executor.mode})`,
    labelled(LASTS[lang], secondsText(durationMs, lang), lang),
  ];
  const rows = facts.phases.map((phase) => row(phase, facts, lang));
  return `<details class="trial"><summary>${TITLE[lang]}</summary>
<p class="facts">${escapeMarkup(about.join(" · "))}</p>
${timeline(facts, lang)}<div class="wide"><table>
<thead><tr>${HEADS.map((head) => `<th scope="col">${head[lang]}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("")}</tbody>
</table></div>
</details>
`;
}

/** Phases that run at once have a lane each. The table below says the same to those who cannot see it. */
function timeline({ phases, observations, durationMs }: TrialFacts, lang: Lang): string {
  const at = (ms: number): number => Math.round((ms / Math.max(1, durationMs)) * WIDTH);
  const lanes = lanesOf(phases);
  const bars = phases.map((phase, index) => {
    const x = at(phase.startMs);
    const width = Math.max(2, at(phase.endMs) - x);
    const y = (lanes[index] ?? 0) * LANE;
    const title = `${phaseName(phase, observations, lang)}, ${secondsText(phase.endMs - phase.startMs, lang)}`;
    return `<rect class="${phase.name}" x="${x}" y="${y}" width="${width}" height="${BAR}"><title>${escapeMarkup(title)}</title></rect>\n`;
  });
  const height = LANE * (1 + Math.max(0, ...lanes));
  return `<svg viewBox="0 0 ${WIDTH} ${height}" aria-hidden="true">
${bars.join("")}</svg>
`;
}

/** Of each phase the first lane that is free for it; a replica is never in that of the others. */
function lanesOf(phases: readonly TrialPhaseFacts[]): readonly number[] {
  const placed: { readonly phase: TrialPhaseFacts; readonly lane: number }[] = [];
  const isFree = (lane: number, { name, startMs, endMs }: TrialPhaseFacts): boolean =>
    placed.every((one) => {
      const apart = one.phase.endMs <= startMs || endMs <= one.phase.startMs;
      return one.lane !== lane || (apart && (one.phase.name === "replica") === (name === "replica"));
    });
  for (const phase of phases) {
    let lane = 0;
    while (!isFree(lane, phase)) lane += 1;
    placed.push({ phase, lane });
  }
  return placed.map(({ lane }) => lane);
}

function row(phase: TrialPhaseFacts, { observations }: TrialFacts, lang: Lang): string {
  const seen = phaseSummary(phase, observations, lang).join(" · ");
  const cells = [
    `<th scope="row">${escapeMarkup(phaseName(phase, observations, lang))}</th>`,
    `<td class="number">${secondsText(phase.startMs, lang)}</td>`,
    `<td class="number">${secondsText(phase.endMs - phase.startMs, lang)}</td>`,
    `<td>${escapeMarkup(seen)}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>\n`;
}
