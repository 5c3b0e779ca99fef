import type { ProblemSubject, SourceProblem } from "../contract/source-problem.ts";
import type { Text } from "../contract/text.ts";
import { assess } from "./assess.ts";
import type { Assessed } from "./assess-subject.ts";
import { DistinctEvents } from "./distinct-events.ts";
import type { AssessmentEvent, AssessmentPorts, AssessmentRequest } from "./run/request.ts";

/** Everything that one assessment says, as one value. */
export interface Review {
  /** In the order of the inputs. */
  readonly assessed: readonly Assessed[];
  /** Sources that ended with an error: nothing is judged of them. */
  readonly failed: readonly { readonly about: ProblemSubject; readonly error: unknown }[];
  /** Sources that are not readable as what they claim to be. */
  readonly unreadable: readonly SourceProblem[];
  /** Sources that start pods and cannot be judged as they are, each with what to do about it. */
  readonly skipped: readonly SourceProblem[];
  readonly warnings: readonly Text[];
}

/**
 * Assesses a request as a whole, for a face that answers once: a server. It shares nothing with another
 * review of the same process: what it knows comes from the request and the ports, what it learns is in
 * the value.
 *
 * @throws what assess() throws
 */
export async function review(
  request: AssessmentRequest,
  ports: Omit<AssessmentPorts, "emit">,
): Promise<Review> {
  const events: AssessmentEvent[] = [];
  const assessed: Assessed[] = [];
  const distinct = new DistinctEvents();
  const emit = (event: AssessmentEvent): void => {
    // Progress is of use to nobody who waits for the end.
    const news = TOLD.has(event.is) ? distinct.next(event) : undefined;
    if (news !== undefined) events.push(news);
  };
  for await (const one of assess(request, { ...ports, emit })) assessed.push(one);
  return {
    assessed,
    failed: events.flatMap((event) => (event.is === "failed" ? [event] : [])),
    unreadable: events.flatMap((event) => (event.is === "unreadable" ? event.problems : [])),
    skipped: events.flatMap((event) => (event.is === "skipped" ? event.sources : [])),
    warnings: events.flatMap((event) => (event.is === "warning" ? [event.text] : [])),
  };
}

const TOLD: ReadonlySet<AssessmentEvent["is"]> = new Set(["failed", "unreadable", "skipped", "warning"]);
