import type { Lang, Text } from "../../contract/text.ts";
import type { TrialObservation, TrialPhaseFacts } from "../../contract/trial-facts.ts";
import { logLine, visible } from "../../report/escape.ts";
import { phaseName, phaseSummary, secondsText } from "../../report/trial-phase.ts";
import type { Session } from "../command.ts";
import type { Progress } from "../progress.ts";

type Seen = TrialObservation | TrialPhaseFacts;

export interface TrialView {
  readonly watch: (seen: Seen) => void;
  /** Shows what happens while `run` runs. */
  during<T>(run: () => Promise<T>): Promise<T>;
}

const UNPACKING: Text = { fr: "mise en place de l'image", en: "setting up the image" };
const TICK_MS = 200;

/**
 * One line on stderr for each phase that is over; on a terminal one more for what goes on, with its
 * time. Nothing when quiet.
 */
export function trialView({ context, lang, quiet }: Session, progress: Progress, name: string): TrialView {
  const { stderr } = context;
  const observations: TrialObservation[] = [];
  let doing = UNPACKING[lang];
  const lines = quiet ? [] : [name];
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
  const watch = (seen: Seen): void => {
    if ("kind" in seen) {
      observations.push(seen);
      doing = phaseName({ name: seen.phase, root: seen.root }, lang);
      return;
    }
    if (!quiet) lines.push(phaseLine(seen, observations, lang));
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

const WIDTH = { fr: 25, en: 21 } as const;

function phaseLine(phase: TrialPhaseFacts, observations: readonly TrialObservation[], lang: Lang): string {
  const name = phaseName(phase, lang).padEnd(WIDTH[lang]);
  const time = secondsText(phase.endMs - phase.startMs, lang).padStart(7);
  return `  ${name} ${time}  ${phaseSummary(phase, observations, lang).join(" · ")}`.trimEnd();
}
