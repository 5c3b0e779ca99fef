// During the trial, the application follows a variable (contract 1.4: configuration by environment variables).
//
// A variable gives the second replica another port than the first replica.
//
//   it listens on its port; the first did not      pass
//   it does not listen on its port                 unproven: it may follow other variables
//   the application uses the port anyway; batch    unproven

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { observed } from "../../observations/observed.ts";
import { phaseRun, worked } from "../../observations/phase-run.ts";
import { listenedPorts } from "../../observations/reach.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { trialConditions } from "./trial-conditions.ts";

export const trialEnvironment = defineRule({
  id: "1.4-trial-environment",
  rows: ["env-config"],
  title: {
    fr: "Pendant l'essai, l'application suit une variable d'environnement",
    en: "During the trial, the application follows an environment variable",
  },
  why: {
    fr: "Une application qui lit sa configuration dans son environnement passe d'un environnement à l'autre sans nouvelle image.",
    en: "An application that reads its configuration from its environment moves from one to the next without a new image.",
  },
  remedy: {
    fr: "Lire la configuration, dont le port, dans des variables d'environnement.",
    en: "Read the configuration, the port included, from environment variables.",
  },
  needs: ["trial"],
  check({ trial }) {
    const { variable, port } = trial.settings.replica;
    const told = `${excerpt(variable)}=${port}`;
    if (trial.settings.lifetime === "batch") return BATCH;
    const runs = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")] as const;
    if (!runs.some(worked)) return unobserved(trial, runs[0]);
    const replica = phaseRun(trial, "replica");
    const listened = observed(replica.observations, "listener").some((one) => one.port === port);
    if (listened && !listenedPorts(trial).includes(port)) {
      const seen = trialConditions(trial);
      return {
        status: "pass",
        proof: {
          fr: `la seconde réplique suit ${told}, ${seen.fr}`,
          en: `the second replica follows ${told}, ${seen.en}`,
        },
      };
    }
    if (!worked(replica)) return unobserved(trial, replica);
    const reason = listened
      ? {
          fr: `l'application écoute sur ${port} de toute façon`,
          en: `the application listens on ${port} anyway`,
        }
      : { fr: `la seconde réplique ne suit pas ${told}`, en: `the second replica does not follow ${told}` };
    return {
      status: "unproven",
      reason: { fr: `non observé : ${reason.fr}`, en: `not observed: ${reason.en}` },
      settle: {
        fr: "Nommer dans trial.replica (douane.yaml) la variable qui donne son port à l'application, ou injecter la configuration par le manifeste.",
        en: "Name the variable that gives the application its port in trial.replica (douane.yaml), or inject the configuration through the manifest.",
      },
    };
  },
});

const BATCH: Outcome = {
  status: "unproven",
  reason: {
    fr: "non observé : une tâche batch n'ouvre pas de port qui montrerait qu'elle suit une variable",
    en: "not observed: a batch task opens no port that would show that it follows a variable",
  },
  settle: {
    fr: "Injecter la configuration par le manifeste (env, envFrom, volumes).",
    en: "Inject the configuration through the manifest (env, envFrom, volumes).",
  },
};
