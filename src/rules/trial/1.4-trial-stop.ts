// During the trial, the application stops within the grace period (contract 1.4: disposability).
//
//   after the image's StopSignal, else SIGTERM, it ends in time       pass
//   it had to be killed                                               fail, with its output about the signal
//   the same while its output was slowed down, or it waited for a
//   processor in the grace period; or signalled before it had a
//   handler that it had at another start, or may have had on a less
//   busy machine (not if it was up all the time without making one,
//   or ignored the signal with a handler, too); or stopped in
//   another phase                                                     unproven
//   never started; StopSignal SIGKILL                                 unproven
//   a stop on a writable root if the manifest has none                ignored, unless it fails after requests,
//                                                                     which the restart is not sent: unproven
//   preStop fails, or does not end within the grace period            fail; unproven while a dependency is missing
//   preStop and stop together take longer than the grace period,
//   also if a preStop that only waits was cut off                     note: the kubelet gives 2 s more
//   batch: it ends by itself                                          n/a

import { defineRule, type Outcome } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import type { ExitEvent } from "../../contract/trial-events.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { BUSY, limitedBy } from "../../observations/limited-by.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, worked } from "../../observations/phase-run.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { hookWait } from "../../start/hook-wait.ts";
import { asDeployed } from "./deployed-runs.ts";
import { failedPreStop, forced, stoppedWords, tooLong } from "./pre-stop.ts";
import { shutdownOutput } from "./shutdown-output.ts";
import { phaseWords, trialConditions } from "./trial-conditions.ts";

const ID = "1.4-trial-stop";

export const trialStop = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Pendant l'essai, l'application s'arrête dans le délai de grâce",
    en: "During the trial, the application stops within the grace period",
  },
  why: {
    fr: "À chaque redéploiement Kubernetes demande l'arrêt, attend le délai de grâce, puis tue : une application qui ignore le signal perd ses requêtes en cours et ralentit chaque livraison.",
    en: "At every rollout Kubernetes asks to stop, waits for the grace period, then kills: an application that ignores the signal loses its requests in flight and slows every rollout.",
  },
  remedy: {
    fr: "Traiter SIGTERM, et démarrer le programme par exec ou sous un init (tini) pour qu'il le reçoive.",
    en: "Handle SIGTERM, and start the program by exec or under an init (tini) so that it gets the signal.",
  },
  needs: ["trial"],
  uses: ["placement", "workload"],
  check(given) {
    const { placement } = given;
    const trial = asDeployed(given);
    const { lifetime, stopSignal } = trial.settings;
    if (lifetime === "batch") {
      return {
        status: "n/a",
        reason: { fr: "tâche batch : elle se termine d'elle-même", en: "a batch task: it ends by itself" },
      };
    }
    const run = stopped(trial);
    if (run?.exit === undefined) return unobserved(trial, lastTried(trial));
    if (/^(?:SIG)?KILL$|^9$/i.test(stopSignal)) return KILLED;
    if (!worked(run)) return unobserved(trial, run);
    const preStop = observed(run.observations, "hook").find(({ hook }) => hook === "preStop");
    if (run.exit.forced === true) {
      const said = shutdownOutput(run, [phaseRun(trial, "read-only")]);
      const finding = forced(ID, trial, run.exit, { preStop, said });
      const open = limitedBy([run], ["output-rate"]) ?? doubt(trial, run) ?? tooBusy(run, run.exit);
      return open ?? { status: "fail", findings: [finding] };
    }
    const waits = hookWait(placement?.spec.lifecycle?.preStop ?? {}) * 1_000 >= trial.settings.graceMs;
    const failed = preStop?.error === "timeout" && waits ? undefined : failedPreStop(ID, trial);
    if (failed !== undefined) return failed;
    // The restart, which decides, got no requests; the run on the writable root did.
    const worn = phaseRun(given.trial, "writable");
    if (worn.exit?.forced === true) return limitedBy([worn], ["processor"]) ?? WORN;
    const [ended, seen] = [stoppedWords(trial, run.exit, preStop), trialConditions(trial)];
    return {
      status: "pass",
      proof: { fr: `${ended.fr}, ${seen.fr}`, en: `${ended.en}, ${seen.en}` },
      notes: preStop === undefined ? [] : tooLong(ID, trial, preStop.tookMs + run.exit.afterMs),
    };
  },
});

/**
 * Outcome if a busy machine may be the reason that the application did not stop: during the grace period, or
 * before it, when the handler was possibly not installed yet. Undefined if the handler was installed, or was
 * still missing at the end of a quiet grace period.
 */
function tooBusy(run: PhaseRun, { starved, handled, handledAtEnd }: ExitEvent): Outcome | undefined {
  const busy = limitedBy([run], ["processor"]);
  if (starved === true) return busy ?? BUSY;
  return handled === true || handledAtEnd === false ? undefined : busy;
}

/**
 * Reason why a single failed stop proves nothing: the container handled the signal, or would have a little
 * later.
 */
function doubt(trial: TrialFacts, refused: PhaseRun): Outcome | undefined {
  const runs = STOPPING.map((name) => phaseRun(trial, name));
  const other = runs.find(({ exit }) => exit?.by === "stop" && exit.forced !== true);
  if (other !== undefined) return disagreeing(phaseWords(refused.name), phaseWords(other.name));
  const isEarly = refused.exit?.handled === false && runs.some(({ exit }) => exit?.handled === true);
  return isEarly && !isRefutedLater(refused, runs) ? EARLY : undefined;
}

/**
 * Whether more time would not have helped: in another phase, the application ignored the signal despite its
 * handler, or was up for the whole grace period without installing a handler (PHP installs one at its first
 * request).
 */
function isRefutedLater({ exit, ready }: PhaseRun, runs: readonly PhaseRun[]): boolean {
  const refused = runs.some((run) => run.exit?.forced === true && run.exit.handled === true);
  const isUp = ready !== undefined && ready.by !== "nothing";
  return refused || (isUp && exit?.handledAtEnd === false);
}

const STOPPING = ["read-only", "restart", "writable"] as const;

function disagreeing(refused: Text, heeded: Text): Outcome {
  return {
    status: "unproven",
    reason: {
      fr: `non observé : deux phases se contredisent, l'application s'est arrêtée à temps (${heeded.fr}), puis ne s'est pas arrêtée (${refused.fr})`,
      en: `not observed: two phases disagree, the application ended in time (${heeded.en}), and did not (${refused.en})`,
    },
    settle: REPEAT,
  };
}

const REPEAT: Text = {
  fr: "Refaire l'essai, au besoin avec trial.settle plus long (douane.yaml).",
  en: "Repeat the trial, with a longer trial.settle if need be (douane.yaml).",
};

const WORN: Outcome = {
  status: "unproven",
  reason: {
    fr: "non observé : sur la racine inscriptible, après des requêtes, l'application tournait encore à la fin du délai de grâce ; relancée sans requêtes, elle s'est arrêtée à temps",
    en: "not observed: on the writable root, after requests, the application still ran at the end of the grace period; started again without requests, it ended in time",
  },
  settle: {
    fr: "Traiter le signal d'arrêt aussi une fois l'application sollicitée : fermer ce que les requêtes ont ouvert (connexions, files, threads), et refaire l'essai.",
    en: "Handle the stop signal also once the application has served requests: close what they opened (connections, queues, threads), and repeat the trial.",
  },
};

const EARLY: Outcome = {
  status: "unproven",
  reason: {
    fr: "non observé : le signal est arrivé avant que l'application l'écoute, comme elle le fait ensuite",
    en: "not observed: the signal came before the application had its handler, which it has later",
  },
  settle: REPEAT,
};

const KILLED = {
  status: "unproven",
  reason: {
    fr: "non observé : SIGKILL ne laisse rien à observer",
    en: "not observed: SIGKILL leaves nothing to observe",
  },
  settle: {
    fr: "Supprimer STOPSIGNAL de l'image, ou écrire « STOPSIGNAL SIGTERM ».",
    en: "Remove STOPSIGNAL from the image, or write `STOPSIGNAL SIGTERM`.",
  },
} as const;

function stopped(trial: TrialFacts): PhaseRun | undefined {
  return [phaseRun(trial, "restart"), phaseRun(trial, "writable")].find(({ exit }) => exit?.by === "stop");
}

/** Phase that shows that no container ran that could be stopped. */
function lastTried(trial: TrialFacts): PhaseRun {
  const first = phaseRun(trial, "read-only");
  return worked(first) ? phaseRun(trial, "restart") : first;
}
