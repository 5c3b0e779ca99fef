// During the trial, the application stays up, and starts again after a kill -9 (contract 1.4: disposability).
//
//   the second start with the same /tmp comes up as the first did            pass
//   the second start fails (a stale pid file, a lock)                        fail
//   the start after an orderly stop that changed a volume does not come up   fail
//   postStart fails: the kubelet kills the container                         fail; unproven while a dependency is missing
//   postStart does not end within the wait                                   unproven
//   the first process exits with code 0 although a process listened, or in a
//   long-running workload: a daemon, which ends with its container           fail
//   never up; so slow that chance decides; a bound hit; the machine
//   was too busy                                                             unproven
//   runs on a writable root if the manifest has none                         ignored
//   batch: exits 0 twice with the same /tmp                                  pass
//   batch of a Job with completions: 0, which makes no pod                   pass, with a note
//   it took longer than activeDeadlineSeconds of its Job or pod allows       fail; unproven if a faster machine may suffice

import type { Collected } from "../../contract/evidence.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { ExitEvent } from "../../contract/trial-events.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { manifestPlace, type WorkloadFacts } from "../../contract/workload-facts.ts";
import { causeLine } from "../../observations/cause-line.ts";
import { exitWords } from "../../observations/exit-words.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { missingDependencies } from "../../observations/missing-dependencies.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, worked } from "../../observations/phase-run.ts";
import { notLookedAt } from "../../observations/requests.ts";
import { seconds } from "../../observations/seconds.ts";
import { isSlow } from "../../observations/slow.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { asDeployed } from "./deployed-runs.ts";
import { hookFailure, unprovenHook } from "./hook-failure.ts";
import { beyondDeadline } from "./job-deadline.ts";
import { trialConditions } from "./trial-conditions.ts";

const ID = "1.4-trial-restart";

export const trialRestart = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Pendant l'essai, l'application reste en marche, et redémarre après un arrêt brutal",
    en: "During the trial, the application stays up, and starts again after being killed",
  },
  why: {
    fr: "Kubernetes relance un conteneur sur les mêmes volumes : un fichier de pid ou un verrou laissé par le précédent ne doit pas l'en empêcher.",
    en: "Kubernetes starts a container again on the same volumes: a pid file or lock that the last one left must not keep it from starting.",
  },
  remedy: {
    fr: "Rester au premier plan, et ignorer ou supprimer au démarrage ce qu'un processus tué ou arrêté a laissé.",
    en: "Stay in the foreground, and ignore or remove at start what a killed or stopped process has left.",
  },
  needs: ["trial"],
  uses: ["placement", "workload"],
  check(given) {
    const trial = asDeployed(given);
    const [first, writable, again] = [
      phaseRun(trial, "read-only"),
      phaseRun(trial, "writable"),
      phaseRun(trial, "restart"),
    ];
    const up = [first, writable].find(worked);
    if (up === undefined) {
      const left = [first, writable].find((run) => hasLeft(run, given));
      return left?.exit === undefined ? unobserved(trial, first) : failing("left", leftWords(left.exit));
    }
    const hidden = limitedBy([up, again], ["memory", "processes", "output-rate"]);
    if (hidden !== undefined) return hidden;
    if (!worked(again)) return notAgain(trial, again, up);
    const failed = failedPostStart(trial);
    if (failed !== undefined) return failed;
    const stopped = phaseRun(trial, "after-stop");
    if (stopped.state !== "absent" && !worked(stopped)) return notAgain(trial, stopped, up);
    if (trial.settings.lifetime !== "batch") {
      return notLookedAt(trial, "stopped-starts") ?? passed(trial, given.workload);
    }
    const late = beyondDeadline(ID, [first, writable, again], given.workload);
    return late ?? passed(trial, given.workload);
  },
});

/**
 * Outcome for a start after kill -9, or after an orderly stop, that did not become ready although the first
 * start did.
 */
function notAgain(trial: TrialFacts, again: PhaseRun, first: PhaseRun): Outcome {
  const hidden = limitedBy([again], ["memory", "processes", "output-rate", "processor"]);
  if (hidden !== undefined) return hidden;
  const failed = again.state === "exited" || again.state === "unready";
  if (!failed || again.exit?.outOfMemory === true || (again.state === "unready" && isSlow(trial, first))) {
    return unobserved(trial, again);
  }
  return failing(again.name === "after-stop" ? "after-stop" : "again", againWords(trial, again));
}

function failedPostStart(trial: TrialFacts): Outcome | undefined {
  const failure = hookFailure(trial, "postStart");
  if (failure === undefined) return undefined;
  const { name, answer, event, missing } = failure;
  if (event.error === "timeout") return endlessPostStart(trial, name);
  if (missing !== undefined) return unprovenHook(failure, missing);
  const message = {
    fr: `${name} échoue (${answer}) : le kubelet tue alors le conteneur`,
    en: `${name} fails (${answer}): the kubelet then kills the container`,
  };
  const remedy = {
    fr: "Corriger la commande ou le port du postStart, que le kubelet n'exécute qu'une fois, à chaque démarrage, sans attendre que l'application écoute.",
    en: "Correct postStart's command or port: the kubelet performs it once, at each start, without waiting until the application listens.",
  };
  return { status: "fail", findings: [{ message, remedy, fingerprint: fingerprint(ID, "postStart") }] };
}

/**
 * Outcome for a postStart hook that did not end within the trial's wait; the kubelet waits without a limit.
 */
function endlessPostStart({ settings }: TrialFacts, name: string): Outcome {
  const wait = seconds(settings.readyMs);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${name} n'est pas terminé après ${wait.fr}`,
      en: `not observed: ${name} had not ended after ${wait.en}`,
    },
    settle: {
      fr: "Allonger trial.readyTimeout (douane.yaml).",
      en: "Raise trial.readyTimeout (douane.yaml).",
    },
  };
}

function passed(trial: TrialFacts, workload: WorkloadFacts | undefined): Outcome {
  const seen = trialConditions(trial);
  // Pods of other indexes are not tried, which the proof states.
  const index =
    workload?.job?.isIndexed === true
      ? { fr: " et JOB_COMPLETION_INDEX=0, aucun autre", en: " and JOB_COMPLETION_INDEX=0, no other" }
      : { fr: "", en: "" };
  const batch = trial.settings.lifetime === "batch";
  return {
    status: "pass",
    proof: batch
      ? {
          fr: `deux exécutions réussies avec le même /tmp${index.fr}, ${seen.fr}`,
          en: `ended with 0 twice with the same /tmp${index.en}, ${seen.en}`,
        }
      : {
          fr: `redémarrée après kill -9 avec le même /tmp, ${seen.fr}`,
          en: `started again after kill -9 with the same /tmp, ${seen.en}`,
        },
    notes: workload?.job?.isEmpty === true ? [withoutPod(workload)] : [],
  };
}

/** Note about a Job that creates no pods now: the trial shows how its pods would behave. */
function withoutPod(workload: WorkloadFacts): Finding {
  return {
    message: {
      fr: "completions vaut 0 : le Job est terminé sans qu'aucun pod soit créé ; l'essai montre ce qu'en ferait un",
      en: "completions is 0: the Job completes without a pod; the trial shows what one would do",
    },
    remedy: {
      fr: "Pour que la tâche s'exécute, retirer completions (1 par défaut) ; pour la différer, écrire suspend: true.",
      en: "To have the task run, remove completions (1 by default); to put it off, write suspend: true.",
    },
    fingerprint: fingerprint(ID, "completions"),
    at: manifestPlace(workload, workload.podPath.replace(/template$/, "completions")),
  };
}

/**
 * Whether the first process exited successfully while the application should serve: it daemonised, and its
 * container ends with it.
 */
function hasLeft(
  run: PhaseRun,
  { trial, placement, workload }: Pick<Collected, "placement" | "workload"> & { readonly trial: TrialFacts },
): boolean {
  if (trial.settings.lifetime === "batch" || run.state !== "exited" || run.exit?.code !== 0) return false;
  if (missingDependencies(run) !== undefined) return false;
  const role = placement?.role;
  const longRunning = workload?.lifetime === "long-running" && (role === "app" || role === "sidecar");
  return longRunning || observed(run.observations, "listener").length > 0;
}

function leftWords(exit: ExitEvent): Text {
  const end = exitWords(exit);
  return {
    fr: `${end.fr} : rien ne reste au premier plan, et le conteneur s'arrête avec lui`,
    en: `${end.en}: nothing stays in the foreground, and the container ends with it`,
  };
}

function againWords({ settings }: TrialFacts, run: PhaseRun): Text {
  const line = causeLine(run);
  const said = line === undefined ? "" : ` (${excerpt(line)})`;
  if (settings.lifetime === "batch") {
    return {
      fr: `une seconde exécution, avec le même /tmp, échoue${said}`,
      en: `a second run, with the same /tmp, fails${said}`,
    };
  }
  if (run.name === "after-stop") {
    return {
      fr: `après un arrêt ordonné, avec le même /tmp et les mêmes volumes, l'application ne redémarre pas${said}`,
      en: `after an orderly stop, with the same /tmp and volumes, the application does not start again${said}`,
    };
  }
  return {
    fr: `après kill -9, avec le même /tmp, l'application ne redémarre pas${said}`,
    en: `after kill -9, with the same /tmp, the application does not start again${said}`,
  };
}

function failing(part: string, message: Text): Outcome {
  return { status: "fail", findings: [{ message, fingerprint: fingerprint(ID, part) }] };
}
