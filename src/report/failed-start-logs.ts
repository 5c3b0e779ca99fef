import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { phaseName } from "./trial-phase.ts";
import { labelled, WORDS } from "./words.ts";

/** Last output of an application that did not start in its trial. */
export interface FailedStartLogs {
  /** Container and phase. */
  readonly title: string;
  /** Lines of output, neither cleaned nor escaped. */
  readonly lines: readonly string[];
}

/** Last output of each container that did not start, if it wrote any. */
export function failedStartLogs({ trials = [] }: Verdict, lang: Lang): readonly FailedStartLogs[] {
  return trials.flatMap(({ container, failedStart }) => {
    if (failedStart === undefined || failedStart.lines.length === 0) return [];
    const { phase, lines } = failedStart;
    const root = phase === "writable" ? "writable" : "read-only";
    const where = [
      phaseName({ name: phase, root }, [], lang),
      ...(container === undefined ? [] : [labelled(WORDS.container[lang], container, lang)]),
    ];
    return [{ title: `${WORDS.lastWords[lang]} (${where.join(" · ")})`, lines }];
  });
}
