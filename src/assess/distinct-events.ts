import { problemTitle } from "../contract/source-problem.ts";
import type { AssessmentEvent } from "./run/request.ts";

/**
 * Drops repeated warnings and problems of a run: a folder is read for manifests and for Dockerfiles, and many
 * workloads have the same problem.
 */
export class DistinctEvents {
  readonly #seen = new Set<string>();

  /** The new part of an event; undefined if there is none. */
  next(event: AssessmentEvent): AssessmentEvent | undefined {
    if (event.kind === "warning") return this.#isNew(event.text.en) ? event : undefined;
    if (event.kind !== "unreadable") return event;
    const problems = event.problems.filter(({ about, message }) =>
      this.#isNew(`${problemTitle(about)}: ${message.en}`),
    );
    return problems.length === 0 ? undefined : { kind: "unreadable", problems };
  }

  #isNew(text: string): boolean {
    if (this.#seen.has(text)) return false;
    this.#seen.add(text);
    return true;
  }
}
