// The probes of a long-running container act within an hour (contract 1.3: they show the application's real state).
//
//   a probe's time until it acts, initialDelaySeconds + failureThreshold × the longer of
//   period and timeout                                                                       fail above 3600 s
//   startupProbe: the same, since the other probes wait for it                               fail
//   readinessProbe: the time until the pod is ready, initialDelaySeconds + successThreshold ×
//   periodSeconds                                                                            fail above 3600 s
//   livenessProbe: the grace period after a failure, the probe's or else the pod's;
//   startupProbe: the probe's                                                                fail above 3600 s
//   minReadySeconds, for which a ready pod does not count as available                      fail above 3600 s
//   a startupProbe that allows ten minutes (JVM); a delay of some minutes                    fine
//
// Neither the contract nor Kubernetes sets a maximum. An hour is six times the progressDeadlineSeconds (600) after
// which a Deployment gives up a rollout. Slow applications need much less, and a slower probe has no use.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import { probeNumbers } from "../../contract/pod-defaults.ts";
import type { ProbeFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { manifestPlace, type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { invalidField } from "../../start/invalid-fields.ts";
import { unprovenBy } from "./fields/judge-fields.ts";

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
    return outcomeOf(
      sortFindings([...judged, ...lateAvailability(workload)]),
      invalid === undefined ? PROOF : unprovenBy(invalid),
    );
  },
});

const GRACE = "terminationGracePeriodSeconds";
const BATCH: Text = {
  fr: "tâche batch : elle n'a pas de conteneur de longue durée",
  en: "a batch task: it has no long-running container",
};
const PROOF: Text = {
  fr: "aucune sonde n'attend plus d'une heure avant d'agir",
  en: "no probe waits for more than an hour before it acts",
};

/** Waiting time in seconds, with the fields that add up to it. */
interface Wait {
  readonly fields: string;
  readonly seconds: number;
}

/**
 * Waiting times that result from a probe's numbers; Kubernetes' defaults replace absent numbers.
 *
 * @param grace grace period of the pod, in seconds
 */
function waitsOf(probe: Probe, given: ProbeFacts, grace: number): readonly Wait[] {
  const { delay, period, timeout, failures, successes } = probeNumbers(given);
  const failing: Wait = {
    fields: `failureThreshold × ${timeout > period ? "timeoutSeconds" : "periodSeconds"}`,
    seconds: Math.max(period, timeout) * failures,
  };
  const succeeding: Wait = {
    fields: "successThreshold × periodSeconds",
    seconds: period * successes,
  };
  const own = given.terminationGracePeriodSeconds;
  const killing: Wait = {
    fields: own === undefined ? "spec.terminationGracePeriodSeconds" : "terminationGracePeriodSeconds",
    seconds: own ?? (probe === "livenessProbe" ? grace : 0),
  };
  // During the delay of its readinessProbe, a container is not ready, so a failure need not be noticed.
  if (probe === "readinessProbe") return [after(delay, succeeding), failing];
  return [after(delay, failing), killing];
}

/** The waiting time plus the delay before it, if the delay is long enough to count. */
function after(delay: number, { fields, seconds }: Wait): Wait {
  if (delay === 0 || seconds > MOST) return { fields, seconds };
  if (delay > MOST) return { fields: "initialDelaySeconds", seconds: delay };
  return { fields: `initialDelaySeconds + ${fields}`, seconds: delay + seconds };
}

function judge(workload: WorkloadFacts, placement: PlacementFacts, probe: Probe): readonly JudgedOne[] {
  const given = placement.spec[probe];
  if (given === undefined) return [];
  const grace = workload.pod.spec.terminationGracePeriodSeconds ?? 0;
  const long = waitsOf(probe, given, grace).filter(({ seconds }) => seconds > MOST);
  return long.map((wait) => ({ refutes: true, finding: finding(workload, placement, probe, wait) }));
}

/** Problem of a readiness that counts only after hours: until then, a rollout replaces no further pod. */
function lateAvailability(workload: WorkloadFacts): readonly JudgedOne[] {
  const { minReadySeconds: seconds = 0 } = workload;
  if (seconds <= MOST) return [];
  const finding: Finding = {
    message: {
      fr: `minReadySeconds vaut ${seconds}, plus d'une heure : un pod prêt n'est pas disponible, et la mise à jour n'avance pas`,
      en: `minReadySeconds is ${seconds}, more than an hour: a pod that is ready is not available, and a rollout does not proceed`,
    },
    remedy: {
      fr: "Ramener minReadySeconds à quelques secondes, ou le retirer (0 par défaut).",
      en: "Bring minReadySeconds down to some seconds, or remove it (0 by default).",
    },
    fingerprint: fingerprint(ID, workloadKey(workload), "minReadySeconds"),
    at: manifestPlace(workload, `${workload.path === "" ? "" : `${workload.path}.`}spec.minReadySeconds`),
  };
  return [{ refutes: true, finding }];
}

function shortGrace(probe: Probe): Text {
  return {
    fr: `Fixer « ${probe}.terminationGracePeriodSeconds: 30 » : ce délai ne vaut que pour un conteneur que la sonde a trouvé bloqué.`,
    en: `Set \`${probe}.terminationGracePeriodSeconds: 30\`: this period holds only for a container that the probe found hanging.`,
  };
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
    ...(fields.endsWith(GRACE) ? { remedy: shortGrace(probe) } : {}),
    fingerprint: fingerprint(ID, workloadKey(workload), container, probe, fields),
    container,
    at: manifestPlace(workload, `${placement.path}.${probe}`),
  };
}
