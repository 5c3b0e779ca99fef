import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { PhaseRun } from "../../observations/phase-run.ts";
import { type ProbeResult, probeResults, probeResultsOf } from "../../observations/probe-results.ts";
import { notLookedAt } from "../../observations/requests.ts";
import { seconds } from "../../observations/seconds.ts";

/**
 * Outcome for a second replica that listens while its readinessProbe fails to the end, although the first
 * replica's succeeds: Kubernetes sends it no requests, and a rollout waits for it. Undefined if it is ready,
 * or was not probed.
 */
export function waitingReplica(trial: TrialFacts, replica: PhaseRun): Outcome | undefined {
  const first = probeResults(trial).find((result) => isReadiness(result) && result.ok);
  if (first === undefined) return undefined;
  const results = probeResultsOf(replica).filter(isReadiness);
  const failed = results.find(({ ok }) => !ok);
  if (failed === undefined) return results.length > 0 ? undefined : notLookedAt(trial, "replica-readiness");
  const probe = `${excerpt(failed.does)} ${excerpt(failed.answer)}`;
  const wait = seconds(trial.settings.readyMs);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : à côté de la première, la seconde réplique écoute, mais sa readinessProbe échoue (${probe}) pendant ${wait.fr} : Kubernetes ne lui enverrait rien, et un redéploiement l'attendrait`,
      en: `not observed: beside the first one, the second replica listens, but its readinessProbe fails (${probe}) for ${wait.en}: Kubernetes would send it nothing, and a rollout would wait for it`,
    },
    settle: {
      fr: "Répondre à la readinessProbe sans attendre ce que l'autre réplique tient (verrou, bail) ; si le démarrage est lent, allonger trial.readyTimeout (douane.yaml).",
      en: "Answer the readinessProbe without waiting for what the other replica holds (a lock, a lease); if the start is slow, raise trial.readyTimeout (douane.yaml).",
    },
  };
}

function isReadiness({ why, does }: ProbeResult): boolean {
  return why === "readiness" && !does.startsWith("exec ") && !does.startsWith("tcp ");
}
