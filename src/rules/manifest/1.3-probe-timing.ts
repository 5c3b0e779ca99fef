// The probes of a long-running container act within an hour (contract 1.3: they show the application's real state).
//
//   readinessProbe, livenessProbe: initialDelaySeconds above 3600                            fail
//   the time until a failure counts, failureThreshold × the longer of period and timeout     fail above 3600 s
//   readinessProbe: successThreshold × periodSeconds above 3600 s                            fail: never ready again
//   startupProbe: initialDelaySeconds above 3600                                             fail: the others wait for it
//   startupProbe: failureThreshold × period above 3600 s                                     note: a start that hangs is not ended
//   a startupProbe that allows ten minutes (JVM); a delay of some minutes                    fine
//
// Neither contract nor Kubernetes names a bound. An hour is six times the progressDeadlineSeconds (600) after
// which a Deployment gives a rollout up: slow starters keep well below it, and what exceeds it is no probe.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/placement.ts";
import type { ProbeFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { manifestPlace, type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { invalidField } from "../../start/invalid-fields.ts";
import { unprovenBy } from "./pod-security/field.ts";

const ID = "1.3-probe-timing";
/** Longest accepted time, in seconds. */
const MOST = 3600;
const PROBES = ["readinessProbe", "livenessProbe", "startupProbe"] as const;
type Probe = (typeof PROBES)[number];

export const probeTiming = defineRule({
  id: ID,
  rows: ["health"],
  title: {
    fr: "Les sondes agissent en moins d'une heure",
    en: "The probes act within an hour",
  },
  why: {
    fr: "Une sonde qui attend des heures avant d'agir équivaut à une absence de sonde : un conteneur bloqué continue de recevoir des requêtes, ou n'est jamais relancé.",
    en: "A probe that waits for hours before it acts amounts to none: a container that hangs keeps receiving requests, or is never restarted.",
  },
  remedy: {
    fr: "Ramener initialDelaySeconds, periodSeconds, timeoutSeconds et failureThreshold à des valeurs de quelques secondes ; pour un démarrage lent, ajouter une startupProbe.",
    en: "Bring initialDelaySeconds, periodSeconds, timeoutSeconds and failureThreshold down to some seconds; for a slow start, add a startupProbe.",
  },
  needs: ["workload"],
  check({ workload }) {
    if (workload.lifetime === "batch") return { status: "n/a", reason: BATCH };
    const running = placements(workload).filter(({ role }) => role === "app" || role === "sidecar");
    const paths = running.map(({ path }) => path);
    const invalid = invalidField(workload, paths, PROBES);
    const judged = running.flatMap((one) => PROBES.flatMap((probe) => judge(workload, one, probe)));
    return outcomeOf(sortFindings(judged), invalid === undefined ? PROOF : unprovenBy(invalid));
  },
});

const BATCH: Text = {
  fr: "tâche batch : elle n'a pas de conteneur de longue durée",
  en: "a batch task: it has no long-running container",
};
const PROOF: Text = {
  fr: "aucune sonde n'attend plus d'une heure avant d'agir",
  en: "no probe waits for more than an hour before it acts",
};

interface Wait {
  readonly fields: string;
  readonly seconds: number;
  readonly refutes: boolean;
}

/** Waiting times that result from a probe's numbers; Kubernetes' defaults replace absent numbers. */
function waitsOf(probe: Probe, given: ProbeFacts): readonly Wait[] {
  const { initialDelaySeconds: delay = 0, timeoutSeconds: timeout = 1 } = given;
  // The API server treats 0 as absent.
  const period = given.periodSeconds || 10;
  const isStartup = probe === "startupProbe";
  const failing = Math.max(period, timeout) * (given.failureThreshold || 3);
  return [
    { fields: "initialDelaySeconds", seconds: delay, refutes: true },
    {
      fields: `failureThreshold × ${timeout > period ? "timeoutSeconds" : "periodSeconds"}`,
      seconds: failing,
      refutes: !isStartup,
    },
    {
      fields: "successThreshold × periodSeconds",
      seconds: probe === "readinessProbe" ? period * (given.successThreshold || 1) : 0,
      refutes: true,
    },
  ];
}

function judge(workload: WorkloadFacts, placement: PlacementFacts, probe: Probe): readonly JudgedOne[] {
  const given = placement.spec[probe];
  if (given === undefined) return [];
  const long = waitsOf(probe, given).filter(({ seconds }) => seconds > MOST);
  return long.map((wait) => ({
    refutes: wait.refutes,
    finding: finding(workload, placement, probe, wait),
  }));
}

function finding(
  workload: WorkloadFacts,
  placement: PlacementFacts,
  probe: Probe,
  { fields, seconds }: Wait,
): Finding {
  const container = containerName(placement);
  return {
    message: {
      fr: `${probe} : ${fields} donne ${seconds} s, plus d'une heure : la sonde n'agit pas`,
      en: `${probe}: ${fields} makes ${seconds} s, more than an hour: the probe does not act`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), container, probe, fields),
    container,
    at: manifestPlace(workload, `${placement.path}.${probe}`),
  };
}
