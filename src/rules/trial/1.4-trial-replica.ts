// During the trial, a second replica runs beside the first one (contract 1.4: scaling by processes).
//
//   in a pod of its own, at the same time, it comes up       pass
//   it does not come up, the first replica does              fail
//   it runs, and did not become ready as the first one did   unproven
//   its readinessProbe fails to the end, the first one's succeeds
//   (it waits for a lock, a lease)                           unproven
//   it runs, with a volume of its own; the first one holds a lock on a
//   claim that several pods mount at once (replicas, a rollout)         unproven
//   it runs with a variable of the settings that is not a port  unproven
//   the first one opens no port itself: another container of
//   its pod answered for it, and did not do so here          unproven
//   the first replica does not come up either; so slow that chance
//   decides; a bound hit; the machine was too busy           unproven
//   runs on a writable root if the manifest has none         ignored

import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { causeLine } from "../../observations/cause-line.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, worked } from "../../observations/phase-run.ts";
import { seconds } from "../../observations/seconds.ts";
import { isSlow } from "../../observations/slow.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { asDeployed } from "./deployed-runs.ts";
import { lockedClaim } from "./shared-claim.ts";
import { trialConditions } from "./trial-conditions.ts";
import { waitingReplica } from "./waiting-replica.ts";

const ID = "1.4-trial-replica";

export const trialReplica = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Pendant l'essai, une seconde réplique fonctionne à côté de la première",
    en: "During the trial, a second replica runs beside the first one",
  },
  why: {
    fr: "Kubernetes lance plusieurs répliques d'une application, au moins le temps de chaque redéploiement.",
    en: "Kubernetes runs several replicas of an application, at least during each rollout.",
  },
  remedy: {
    fr: "Ne rien supposer d'unique : ni verrou, ni port fixe, ni fichier partagé.",
    en: "Do not assume a single instance: no lock, no fixed port, no shared file.",
  },
  needs: ["trial"],
  uses: ["placement", "workload"],
  check(given) {
    const trial = asDeployed(given);
    const runs = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")] as const;
    const up = runs.find(worked);
    if (up === undefined) return unobserved(trial, runs[0]);
    const replica = phaseRun(trial, "replica");
    const hidden = limitedBy([replica], ["memory", "processes", "output-rate"]);
    if (hidden !== undefined) return hidden;
    if (worked(replica) && isBehind(replica, up)) return notReady(trial);
    if (worked(replica) && !isPort(trial, replica)) return otherVariable(trial);
    if (worked(replica)) {
      const waiting = waitingReplica(trial, replica) ?? lockedClaim(trial, given);
      if (waiting !== undefined) return waiting;
      const seen = trialConditions(trial);
      return {
        status: "pass",
        proof: {
          fr: `une seconde réplique a fonctionné en même temps, ${seen.fr}`,
          en: `a second replica ran at the same time, ${seen.en}`,
        },
      };
    }
    if (replica.state === "unready" && isAnsweredByAnother(trial, up)) return notReady(trial);
    const failed = replica.state === "exited" || replica.state === "unready";
    if (!failed || replica.exit?.outOfMemory === true || (replica.state === "unready" && isSlow(trial, up))) {
      return unobserved(trial, replica);
    }
    const busy = limitedBy([replica], ["processor"]);
    if (busy !== undefined) return busy;
    const line = causeLine(replica);
    const said = line === undefined ? "" : ` (${excerpt(line)})`;
    return {
      status: "fail",
      findings: [
        {
          message: {
            fr: `une seconde réplique ne démarre pas à côté de la première${said}`,
            en: `a second replica does not start beside the first one${said}`,
          },
          fingerprint: fingerprint(ID, "start"),
        },
      ],
    };
  },
});

/** Whether the first instance was ready by a probe or port of another container. */
function isAnsweredByAnother({ beside = [] }: TrialFacts, { ready, observations }: PhaseRun): boolean {
  const isReady = ready?.by === "probe" || ready?.by === "port";
  return beside.length > 0 && isReady && observed(observations, "listener").length === 0;
}

/**
 * Variables that no application takes for its identity, although only the second replica gets them: the port; `NONE`,
 * no variable at all.
 */
const HARMLESS: ReadonlySet<string> = new Set(["PORT", "NONE"]);

/** Whether the variable given only to the second replica moved its port, or has no effect. */
function isPort({ settings }: TrialFacts, { observations }: PhaseRun): boolean {
  const { variable, port } = settings.replica;
  return HARMLESS.has(variable) || observed(observations, "listener").some((one) => one.port === port);
}

function otherVariable({ settings }: TrialFacts): Outcome {
  const { variable, port } = settings.replica;
  const given = `${excerpt(variable)}=${port}`;
  return {
    status: "unproven",
    reason: {
      fr: `non observé : la seconde réplique avait ${given} (trial.replica), que les répliques déployées n'ont pas, et n'écoute pas sur ce port`,
      en: `not observed: the second replica had ${given} (trial.replica), which deployed replicas do not have, and does not listen on that port`,
    },
    settle: {
      fr: "Nommer dans trial.replica.variable (douane.yaml) la variable du port, ou NONE.",
      en: "Name the port's variable in trial.replica.variable (douane.yaml), or NONE.",
    },
  };
}

/** Whether the replica did not open a port in time that the first instance opened. */
function isBehind(replica: PhaseRun, first: PhaseRun): boolean {
  return replica.ready?.by === "nothing" && first.ready !== undefined && first.ready.by !== "nothing";
}

function notReady({ settings }: TrialFacts): Outcome {
  const wait = seconds(settings.readyMs);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : la seconde réplique tourne, mais n'était pas prête en ${wait.fr}, ce qui ne prouve rien`,
      en: `not observed: the second replica runs, but was not ready within ${wait.en}, which proves nothing`,
    },
    settle: {
      fr: "Allonger trial.readyTimeout (douane.yaml).",
      en: "Raise trial.readyTimeout (douane.yaml).",
    },
  };
}
