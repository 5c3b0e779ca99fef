import type { PhaseRun } from "./phase-run.ts";
import { type Request, requestsOf } from "./requests.ts";

/** The same request, on the read-only root and on the writable root. */
export interface ResponseDiff {
  readonly readOnly: Request;
  readonly writable: Request;
}

/** Statuses about the moment rather than the request: request timeout, too early, too many requests. */
const TRANSIENT: readonly (number | undefined)[] = [408, 425, 429];

/** Requests that two runs answered differently: with another class of status, or in only one of the runs. */
export function responseDiff(
  readOnly: PhaseRun,
  writable: PhaseRun,
): { readonly worse: readonly ResponseDiff[]; readonly better: readonly ResponseDiff[] } {
  const [own, other] = [requestsOf(readOnly), requestsOf(writable)];
  const pairs = [
    ...paired(own, other).map(([a, b]) => ({ readOnly: a, writable: b })),
    ...paired(other, own)
      .filter(([, b]) => !own.includes(b))
      .map(([a, b]) => ({ readOnly: b, writable: a })),
  ].filter((pair) => !isTransient(pair.readOnly) && !isTransient(pair.writable));
  return {
    worse: pairs.filter((pair) => pair.readOnly.rank < pair.writable.rank),
    better: pairs.filter((pair) => pair.readOnly.rank > pair.writable.rank),
  };
}

/** Each request with the same request of the other run. */
function paired(
  own: readonly Request[],
  other: readonly Request[],
): readonly (readonly [Request, Request])[] {
  const byName = new Map(other.map((request) => [request.asked, request]));
  return own.flatMap((request) => {
    const like = byName.get(request.asked) ?? missing(request, other);
    return like === undefined ? [] : [[request, like] as const];
  });
}

/**
 * The missing counterpart of a request; guessed paths that do not exist or need authorisation are not
 * reported.
 */
function missing(request: Request, other: readonly Request[]): Request | undefined {
  const { event } = request;
  if (event.kind !== "http" || event.why !== "discovery") return undefined;
  const spoke = other.some(
    (one) => one.event.kind === "http" && one.event.port === event.port && one.event.status !== undefined,
  );
  return spoke ? { ...request, answer: "4xx", answered: true, rank: 2 } : undefined;
}

function isTransient({ event }: Request): boolean {
  return event.kind === "http" && TRANSIENT.includes(event.status);
}
