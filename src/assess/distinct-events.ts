import { problemTitle } from "../contract/source-problem.ts";
import type { AssessmentEvent } from "./run/request.ts";

/**
 * Drops warnings and problems that were told before in the same run: a folder is walked once for
 * manifests and once for Dockerfiles, and the containers of many workloads lack the same things.
 */
export class DistinctEvents {
  readonly #seen = new Set<string>();

  /** The event with what of it is new; undefined where nothing is. */
  next(event: AssessmentEvent): AssessmentEvent | undefined {
    if (event.is === "warning") return this.#isNew(event.text.en) ? event : undefined;
    if (event.is !== "unreadable") return event;
    const problems = event.problems.filter(({ about, message }) =>
      this.#isNew(`${problemTitle(about)}: ${message.en}`),
    );
    return problems.length === 0 ? undefined : { is: "unreadable", problems };
  }

  #isNew(text: string): boolean {
    if (this.#seen.has(text)) return false;
    this.#seen.add(text);
    return true;
  }
}
