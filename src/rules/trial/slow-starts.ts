import { fingerprint } from "../../contract/fingerprint.ts";
import { probeNumbers } from "../../contract/pod-defaults.ts";
import type { ContainerFacts, ProbeFacts } from "../../contract/pod-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { isLoopback } from "../../observations/listen-address.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun } from "../../observations/phase-run.ts";
import { seconds } from "../../observations/seconds.ts";
import { probedPort } from "../../start/declared-ports.ts";
import { type KillBudget, killBudget } from "./kill-budget.ts";
import { SLOWER, type TimeProblem } from "./time-problem.ts";

type Field = "startupProbe" | "livenessProbe";

/** Bounds, in milliseconds, of the time from a start to the first success of a probe. */
interface Answered {
  readonly fromMs: number;
  readonly toMs: number;
  readonly run: PhaseRun;
}

/** Phases that begin with empty volumes, as in a new pod; a restart finds files of the previous start. */
const FIRST: ReadonlySet<PhaseRun["name"]> = new Set(["read-only", "writable", "replica"]);
const PHASES = ["read-only", "restart", "writable", "kept", "replica"] as const;

/**
 * Start that takes longer than allowed by the probe that would restart the container: the startupProbe, or
 * without one the livenessProbe, which otherwise waits for the startupProbe.
 */
export function slowStarts(trial: TrialFacts, spec: ContainerFacts = {}): readonly TimeProblem[] {
  const field: Field = spec.startupProbe === undefined ? "livenessProbe" : "startupProbe";
  const probe = spec[field];
  if (probe === undefined) return [];
  const runs = PHASES.map((name) => phaseRun(trial, name));
  const starts = runs.flatMap((run) => answeredIn(run, field, spec));
  const firsts = starts.filter(({ run }) => FIRST.has(run.name));
  if (firsts.length === 0) return [];
  const hooks = runs.flatMap(({ observations }) => observed(observations, "hook"));
  const hookMs = hooks.filter(({ hook }) => hook === "postStart").map(({ tookMs }) => tookMs);
  const budget = killBudget(probe, Math.max(0, ...hookMs));
  const early = Math.min(...firsts.map(({ fromMs }) => fromMs));
  const late = Math.min(...firsts.map(({ toMs }) => toMs));
  if (early <= budget.shortestMs && late <= budget.longestMs) return [];
  const fastest = Math.min(...starts.map(({ fromMs }) => fromMs));
  const startMs = early > budget.shortestMs ? early : late;
  return [
    {
      finding: finding(field, probe, { startMs, budget }),
      isCertain: fastest > budget.longestMs * SLOWER,
      runs: starts.map(({ run }) => run),
    },
  ];
}

function answeredIn(run: PhaseRun, field: Field, spec: ContainerFacts): readonly Answered[] {
  const { ready, observations } = run;
  const probe = spec[field];
  if (ready === undefined || probe === undefined) return [];
  const isProbe = ready.by === "probe";
  if (isProbe && isAwaited(field, spec)) return [{ fromMs: ready.afterMs, toMs: ready.afterMs, run }];
  const port = probedPort(probe, spec);
  // A command asks no port, and may succeed at once.
  if (port === undefined) return isProbe ? [{ fromMs: 0, toMs: ready.afterMs, run }] : [];
  const open = observed(observations, "listener").find(
    (one) => one.protocol === "tcp" && one.port === port && !isLoopback(one.address),
  );
  if (open === undefined) return [];
  const openMs = Math.max(0, open.ms - (ready.ms - ready.afterMs));
  // If no probe was awaited, the application answers at about the time when its port opens.
  const isOpening = !isProbe || handlerOf(probe).startsWith("tcp");
  return [{ fromMs: openMs, toMs: isOpening ? openMs : Math.max(openMs, ready.afterMs), run }];
}

/**
 * Test for the probe whose request the trial waited for at the start: the startupProbe; without one, the
 * readinessProbe, or a livenessProbe with an equal request.
 */
function isAwaited(
  field: Field,
  { startupProbe, readinessProbe, livenessProbe = {} }: ContainerFacts,
): boolean {
  if (field === "startupProbe" && startupProbe !== undefined) return true;
  return readinessProbe === undefined || handlerOf(readinessProbe) === handlerOf(livenessProbe);
}

function handlerOf({ exec, httpGet, grpc, tcpSocket }: ProbeFacts): string {
  return `${tcpSocket === undefined ? "" : "tcp "}${JSON.stringify([exec, httpGet, grpc, tcpSocket])}`;
}

function finding(
  field: Field,
  probe: ProbeFacts,
  { startMs, budget }: { readonly startMs: number; readonly budget: KillBudget },
): TimeProblem["finding"] {
  const start = seconds(startMs);
  const [shortest, longest] = [seconds(budget.shortestMs), seconds(budget.longestMs)];
  return {
    message: {
      fr: `${field} : pendant l'essai, l'application a répondu ${start.fr} après son démarrage, et la sonde la relance entre ${shortest.fr} et ${longest.fr} : elle peut ne jamais servir`,
      en: `${field}: during the trial, the application answered ${start.en} after its start, and the probe restarts it between ${shortest.en} and ${longest.en}: it may never serve`,
    },
    remedy: field === "livenessProbe" ? addStartup(startMs) : raiseThreshold(startMs, probe),
    fingerprint: fingerprint("1.3-trial-health", "start", field),
  };
}

/** Share of a start that a proposed startupProbe leaves: clusters have slower machines, too. */
const ENOUGH = 3;

function addStartup(startMs: number): Text {
  const failures = Math.max(6, Math.ceil((ENOUGH * startMs) / 5_000));
  const fields = `periodSeconds: 5, failureThreshold: ${failures}`;
  return {
    fr: `Ajouter une startupProbe qui pose la même question (${fields}) : la livenessProbe attend qu'elle ait abouti.`,
    en: `Add a startupProbe with the same request (${fields}): the livenessProbe waits until it has succeeded.`,
  };
}

function raiseThreshold(startMs: number, probe: ProbeFacts): Text {
  const failures = Math.ceil((ENOUGH * startMs) / 1_000 / probeNumbers(probe).period);
  return {
    fr: `Porter startupProbe.failureThreshold à ${failures}.`,
    en: `Raise startupProbe.failureThreshold to ${failures}.`,
  };
}
