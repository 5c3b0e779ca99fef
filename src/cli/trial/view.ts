import type { Lang, Text } from "../../contract/text.ts";
import type { TrialObservation, TrialPhaseFacts } from "../../contract/trial-facts.ts";
import { logLine, visible } from "../../report/escape.ts";
import { phaseName, phaseSummary, secondsText } from "../../report/trial-phase.ts";
import type { Session } from "../command-line/command.ts";
import type { Progress } from "../terminal/progress.ts";

type Seen = TrialObservation | TrialPhaseFacts;

export interface TrialView {
  /** @param index of the container */
  readonly watch: (index: number, seen: Seen) => void;
  /** Shows what happens while `run` runs. */
  during<T>(run: () => Promise<T>): Promise<T>;
}

const STARTING: Text = { fr: "démarrage", en: "starting" };
const NOT_RUN: Text = { fr: "pas lancé : voir l'erreur plus haut", en: "not run: see the error above" };
const TICK_MS = 200;

/**
 * One line on stderr for each phase of a container that is over; on a terminal one more for what
 * goes on, with its time. Nothing when quiet.
 *
 * @param containers of the pod; only when there are several, lines name theirs
 * @param lacking those that are not run
 */
export function trialView(
  { context, lang, quiet }: Session,
  progress: Progress,
  name: string,
  containers: readonly string[],
  lacking: readonly string[] = [],
): TrialView {
  const { stderr } = context;
  const observations = containers.map((): TrialObservation[] => []);
  const labels = labelsOf([...containers, ...lacking]);
  let doing = STARTING[lang];
  const absent = lacking.map((_, index) => `  ${labels[containers.length + index] ?? ""}${NOT_RUN[lang]}`);
  const lines = quiet ? [] : [name, ...absent];
  const began = performance.now();
  const say = async (): Promise<void> => {
    for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
      await progress.clear();
      await stderr.write(`${logLine(visible(line))}\n`);
    }
  };
  const show = (): void => {
    progress.show(`  ${doing}  ${secondsText(performance.now() - began, lang)}`);
  };
  const watch = (index: number, seen: Seen): void => {
    const own = observations[index] ?? [];
    if ("kind" in seen) {
      own.push(seen);
      doing = phaseName({ name: seen.phase, root: seen.root }, lang);
      return;
    }
    if (!quiet) lines.push(`  ${labels[index] ?? ""}${phaseLine(seen, own, lang)}`);
  };
  return {
    watch,
    async during(run) {
      await say();
      show();
      const timer = setInterval(() => void say().then(show), TICK_MS);
      try {
        return await run();
      } finally {
        clearInterval(timer);
        await say();
        await progress.clear();
      }
    },
  };
}

/** Of one width, so that the phases stand below one another; none for a container that is alone. */
function labelsOf(containers: readonly string[]): readonly string[] {
  if (containers.length < 2) return [];
  const width = Math.min(LABEL, Math.max(...containers.map((one) => one.length)));
  return containers.map((one) => `${one.slice(0, width).padEnd(width)}  `);
}

const LABEL = 20;
const WIDTH = { fr: 25, en: 21 } as const;

function phaseLine(phase: TrialPhaseFacts, observations: readonly TrialObservation[], lang: Lang): string {
  const name = phaseName(phase, lang).padEnd(WIDTH[lang]);
  const time = secondsText(phase.endMs - phase.startMs, lang).padStart(7);
  return `${name} ${time}  ${phaseSummary(phase, observations, lang).join(" · ")}`.trimEnd();
}
