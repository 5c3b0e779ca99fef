import { answerText, finalStatus } from "../contract/http-answer.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { type Observed, observed } from "./observed.ts";
import { type PhaseRun, phaseRun } from "./phase-run.ts";

/** Result of a declared probe: the best of the first two runs. */
export interface ProbeResult {
  readonly why: "readiness" | "liveness" | "startup";
  /** Action of the probe: `GET :8080/healthz`, `tcp 8080`, `grpc 9090 app`, `exec cat /tmp/live`. */
  readonly does: string;
  readonly ok: boolean;
  /** Answer: `404`, `ECONNREFUSED`, `NOT_SERVING`, `exit 1`. */
  readonly answer: string;
  /** Whether there was no answer at all: nothing listened, or the answer took too long. */
  readonly noAnswer: boolean;
  readonly run: PhaseRun;
  readonly port?: number;
  readonly http?: Observed<"http">;
}

type Declared = "readiness" | "liveness" | "startup";
const DECLARED: readonly string[] = ["readiness", "liveness", "startup"] satisfies readonly Declared[];

export function probeResults(trial: TrialFacts): readonly ProbeResult[] {
  const results = new Map<string, ProbeResult>();
  for (const name of ["read-only", "writable"] as const) {
    const run = phaseRun(trial, name);
    for (const result of probeResultsOf(run)) {
      const key = `${result.why} ${result.does}`;
      const before = results.get(key);
      if (before === undefined || (!before.ok && result.ok)) results.set(key, result);
    }
  }
  return [...results.values()];
}

/** Results of the declared probes in one run. */
export function probeResultsOf(run: PhaseRun): readonly ProbeResult[] {
  const http = observed(run.observations, "http")
    .filter(isDeclared)
    .map((event) => ofHttp(run, event));
  const others = observed(run.observations, "probe").map((event) => ofProbe(run, event));
  return [...http, ...others];
}

function isDeclared(event: Observed<"http">): event is Observed<"http"> & { readonly why: Declared } {
  return DECLARED.includes(event.why);
}

function ofHttp(run: PhaseRun, event: Observed<"http"> & { readonly why: Declared }): ProbeResult {
  const { why, port, path, status } = event;
  const does = `GET :${port}${path}`;
  const ok = isGood(finalStatus(event));
  return {
    why,
    does,
    ok,
    answer: answerText(event, "?"),
    noAnswer: status === undefined,
    run,
    port,
    http: event,
  };
}

function ofProbe(run: PhaseRun, { why, does, target, ok, error = "" }: Observed<"probe">): ProbeResult {
  const noAnswer = does === "tcp" || (does === "grpc" ? UNHEARD : /timeout/).test(error);
  return {
    why,
    does: `${does} ${target}`,
    ok,
    answer: error,
    noAnswer,
    run,
    ...(does === "exec" ? {} : { port: Number.parseInt(target, 10) }),
  };
}

/** Results of gRPC that are not answers of the application. */
export const UNHEARD = /^(?:refused|closed|timeout|E[A-Z]+)$/;

/** Whether the kubelet counts the status as success. */
export function isGood(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 400;
}
