import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "./observed.ts";
import { phaseRun } from "./phase-run.ts";
import { isGood } from "./probe-results.ts";

/** What the ports of the application answered when it was asked for its health. */
export interface HealthAnswers {
  /** Good answers that differ from that to a path which nobody has. */
  readonly found: readonly Observed<"http">[];
  /** Ports that answer every path alike. */
  readonly catchAll: readonly number[];
  /** Ports that take connections, and no HTTP. */
  readonly notHttp: readonly number[];
}

export function healthAnswers(trial: TrialFacts): HealthAnswers {
  const answers = (["read-only", "writable"] as const).flatMap((name) =>
    observed(phaseRun(trial, name).observations, "http"),
  );
  const random = new Map(
    answers.filter(({ why }) => why === "random").map((answer) => [answer.port, answer]),
  );
  const good = answers.filter(({ why, status }) => why === "discovery" && isGood(status));
  const found = good.filter((answer) => differs(answer, random.get(answer.port)));
  const served = new Set(found.map(({ port }) => port));
  return {
    found: [...new Map(found.map((answer) => [`${answer.port} ${answer.path}`, answer])).values()],
    catchAll: [...random.values()]
      .filter(({ port, status }) => isGood(status) && !served.has(port))
      .map(({ port }) => port),
    notHttp: [...random.values()].filter(({ status }) => status === undefined).map(({ port }) => port),
  };
}

/** Whether an answer says more than that to a path which nobody has; without one to compare with it does not. */
export function differs(answer: Observed<"http">, random: Observed<"http"> | undefined): boolean {
  if (random === undefined) return false;
  return (
    answer.status !== random.status || answer.body !== random.body || answer.location !== random.location
  );
}

/** The answer of the same port, in the same run, to a path that nobody has. */
export function randomAnswer(
  trial: TrialFacts,
  { port, phase }: Observed<"http">,
): Observed<"http"> | undefined {
  return observed(trial.observations, "http").find(
    (one) => one.why === "random" && one.port === port && one.phase === phase,
  );
}
