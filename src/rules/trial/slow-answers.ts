import { fingerprint } from "../../contract/fingerprint.ts";
import { finalStatus } from "../../contract/http-answer.ts";
import { probeNumbers } from "../../contract/pod-defaults.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun } from "../../observations/phase-run.ts";
import { isGood } from "../../observations/probe-results.ts";
import { seconds } from "../../observations/seconds.ts";
import { isAsked } from "./refused-paths.ts";
import { SLOWER, type TimeProblem } from "./time-problem.ts";

const WHYS = { readinessProbe: "readiness", livenessProbe: "liveness", startupProbe: "startup" } as const;
const FIELDS = ["readinessProbe", "livenessProbe", "startupProbe"] as const;
type Field = (typeof FIELDS)[number];

/** Path of a probe, as the trial requested it. */
interface Asked {
  readonly field: Field;
  readonly port: number;
  readonly path: string;
  /** Whether the trial ran the probe; otherwise the trial requested the path on its own. */
  readonly isProbe: boolean;
}

/**
 * HTTP probes whose path never answered within timeoutSeconds, although the trial, which waits longer, got
 * good answers. Slow answers beside a quick answer count as warm-up. Probes by command, gRPC and TCP are
 * excluded: the trial applies timeoutSeconds to them, so a slow one has already failed.
 */
export function slowAnswers(trial: TrialFacts, spec: ContainerFacts | undefined): readonly TimeProblem[] {
  const runs = (["read-only", "writable"] as const).map((name) => phaseRun(trial, name));
  return askedBy(runs, spec).flatMap((asked) => {
    const timeoutMs = probeNumbers(spec?.[asked.field]).timeout * 1_000;
    const fastest = fastestOf(runs, asked);
    if (fastest === undefined || fastest <= timeoutMs) return [];
    return [problem(asked, fastest, { timeoutMs, runs })];
  });
}

function askedBy(runs: readonly PhaseRun[], spec: ContainerFacts | undefined): readonly Asked[] {
  const answers = runs.flatMap(({ observations }) =>
    observed(observations, "http").filter(({ host }) => host !== "loopback"),
  );
  const all = FIELDS.flatMap((field) => {
    const probes = answers.filter(({ why }) => why === WHYS[field]);
    const asks = spec?.[field]?.httpGet;
    const known = asks === undefined ? [] : answers.filter((one) => isAsked(one, asks, spec?.ports ?? []));
    const isProbe = probes.length > 0;
    return (isProbe ? probes : known).map(({ port, path }): Asked => ({ field, port, path, isProbe }));
  });
  return [...new Map(all.map((one) => [`${one.field} ${one.port} ${one.path}`, one])).values()];
}

/** Time of the fastest good answer in milliseconds; undefined without any. A repetition waits a second. */
function fastestOf(runs: readonly PhaseRun[], { port, path }: Asked): number | undefined {
  const isSame = (one: Observed<"http" | "repeated">): boolean => one.port === port && one.path === path;
  const times = runs.flatMap(({ observations }) => [
    ...observed(observations, "http")
      .filter((one) => isSame(one) && isGood(finalStatus(one)))
      .map(({ tookMs }) => tookMs),
    ...observed(observations, "repeated")
      .filter(isSame)
      .map(() => 0),
  ]);
  return times.length === 0 ? undefined : Math.min(...times);
}

function problem(
  { field, port, path, isProbe }: Asked,
  ms: number,
  { timeoutMs, runs }: { readonly timeoutMs: number; readonly runs: readonly PhaseRun[] },
): TimeProblem {
  const probe = `${field} GET :${port}${excerpt(path)}`;
  const [took, timeout] = [seconds(ms), timeoutMs / 1_000];
  const enough = Math.ceil((2 * ms) / 1_000);
  return {
    finding: {
      message: {
        fr: `${probe} : pendant l'essai, chaque réponse a pris au moins ${took.fr}, et timeoutSeconds vaut ${timeout} : la sonde échoue`,
        en: `${probe}: during the trial, every answer took at least ${took.en}, and timeoutSeconds is ${timeout}: the probe fails`,
      },
      remedy: {
        fr: `Répondre sur ce chemin sans calcul ni appel coûteux, ou porter ${field}.timeoutSeconds à ${enough}.`,
        en: `Answer this path without costly work or calls, or raise ${field}.timeoutSeconds to ${enough}.`,
      },
      fingerprint: fingerprint("1.3-trial-health", "slow", field, String(port), path),
    },
    isCertain: isProbe && ms > timeoutMs * SLOWER,
    runs,
  };
}
