import type { ProblemSubject, SourceProblem } from "../contract/source-problem.ts";
import type { Text } from "../contract/text.ts";
import { assess } from "./assess.ts";
import type { Assessed } from "./assess-subject.ts";
import { DistinctEvents } from "./distinct-events.ts";
import type { AssessmentEvent, AssessmentPorts, AssessmentRequest } from "./run/request.ts";

/** Result of one assessment as a value. */
export interface Review {
  /** Subjects in the order of the inputs. */
  readonly assessed: readonly Assessed[];
  /** Sources that ended with an error and were not judged. */
  readonly failed: readonly { readonly about: ProblemSubject; readonly error: unknown }[];
  /** Sources with invalid content. */
  readonly unreadable: readonly SourceProblem[];
  /** Sources that start pods but cannot be judged directly (charts, overlays), each with advice. */
  readonly skipped: readonly SourceProblem[];
  readonly warnings: readonly Text[];
}

/**
 * Assesses a request as a whole, for a caller that needs a single answer, such as a server. Reviews share no
 * state: all input comes from the request and the ports, all output is in the result.
 *
 * @throws as assess()
 */
export async function review(
  request: AssessmentRequest,
  ports: Omit<AssessmentPorts, "emit">,
): Promise<Review> {
  const events: AssessmentEvent[] = [];
  const assessed: Assessed[] = [];
  const distinct = new DistinctEvents();
  const emit = (event: AssessmentEvent): void => {
    // Progress events are useless for a caller that waits for the end.
    const news = TOLD.has(event.kind) ? distinct.next(event) : undefined;
    if (news !== undefined) events.push(news);
  };
  for await (const one of assess(request, { ...ports, emit })) assessed.push(one);
  return {
    assessed,
    failed: events.flatMap((event) => (event.kind === "failed" ? [event] : [])),
    unreadable: events.flatMap((event) => (event.kind === "unreadable" ? event.problems : [])),
    skipped: events.flatMap((event) => (event.kind === "skipped" ? event.sources : [])),
    warnings: events.flatMap((event) => (event.kind === "warning" ? [event.text] : [])),
  };
}

const TOLD: ReadonlySet<AssessmentEvent["kind"]> = new Set(["failed", "unreadable", "skipped", "warning"]);
