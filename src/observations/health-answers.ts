import type { TrialFacts } from "../contract/trial-facts.ts";
import { type Observed, observed } from "./observed.ts";
import { phaseRun } from "./phase-run.ts";
import { isGood } from "./probe-results.ts";

/** Answers of the application's ports to health requests. */
export interface HealthAnswers {
  /** Good answers that differ from answers to random paths, in the order of the requests. */
  readonly found: readonly Observed<"http">[];
  /** Good answers to `/`, on ports that have no answers in `found`. */
  readonly homes: readonly Observed<"http">[];
  /** Ports that answer every path alike. */
  readonly catchAll: readonly number[];
  /** Ports that accept connections but do not answer HTTP. */
  readonly notHttp: readonly number[];
}

/**
 * Ports of daemons that a runtime starts beside the application, such as Erlang's epmd. They stay open even
 * if the application is down.
 */
export const HELPERS: ReadonlySet<number> = new Set([4369]);

export function healthAnswers(trial: TrialFacts): HealthAnswers {
  const answers = (["read-only", "writable"] as const).flatMap((name) =>
    observed(phaseRun(trial, name).observations, "http"),
  );
  const random = Map.groupBy(
    answers.filter(({ why }) => why === "random"),
    ({ port }) => port,
  );
  const telling = answers.filter(
    (answer) =>
      isGood(answer.status) && differs(answer, (random.get(answer.port) ?? []).filter(like(answer))),
  );
  const found = inOrder(trial, distinct(telling.filter(({ why }) => why === "discovery")));
  const served = new Set(found.map(({ port }) => port));
  const first = [...random.values()].flatMap((all) => all.slice(0, 1));
  return {
    found,
    homes: distinct(
      telling.filter(({ why, port, status }) => why === "home" && status === 200 && !served.has(port)),
    ),
    catchAll: first.filter(({ port, status }) => isGood(status) && !served.has(port)).map(({ port }) => port),
    notHttp: first
      .filter(({ status, port }) => status === undefined && !HELPERS.has(port))
      .map(({ port }) => port),
  };
}

/** Whether an answer is to the same Host. */
function like({ sentHost }: Observed<"http">): (other: Observed<"http">) => boolean {
  return (other) => other.sentHost === sentHost;
}

function distinct(answers: readonly Observed<"http">[]): readonly Observed<"http">[] {
  return [...new Map(answers.map((answer) => [`${answer.port} ${answer.path}`, answer])).values()];
}

function inOrder(
  { settings: { triedPaths } }: TrialFacts,
  answers: readonly Observed<"http">[],
): readonly Observed<"http">[] {
  return answers.toSorted((a, b) => triedPaths.indexOf(a.path) - triedPaths.indexOf(b.path));
}

/**
 * Whether an answer is more specific than the answers to random paths; false without answers to random paths.
 * If the latter differ from each other, bodies are ignored.
 */
export function differs(answer: Observed<"http">, random: readonly Observed<"http">[]): boolean {
  const bodies = new Set(random.map(({ body }) => body));
  return (
    random.length > 0 &&
    random.every(
      ({ status, location, body }) =>
        answer.status !== status ||
        answer.location !== location ||
        (bodies.size === 1 && answer.body !== body),
    )
  );
}

/** Answers to random paths, of the same port and Host in the same run. */
export function randomAnswers(trial: TrialFacts, answer: Observed<"http">): readonly Observed<"http">[] {
  const { port, phase } = answer;
  return observed(trial.observations, "http").filter(
    (one) => one.why === "random" && one.port === port && one.phase === phase && like(answer)(one),
  );
}
