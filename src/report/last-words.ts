import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { phaseName } from "./trial-phase.ts";
import { labelled, WORDS } from "./words.ts";

/** What an application that did not come up on trial said last. */
export interface LastWords {
  /** Of which container, in which phase. */
  readonly title: string;
  /** Neither cleaned nor escaped. */
  readonly lines: readonly string[];
}

/** Of each container that did not come up, and said something. */
export function lastWords({ trials = [] }: Verdict, lang: Lang): readonly LastWords[] {
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
