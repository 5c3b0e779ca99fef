// During the trial, the seccomp profile RuntimeDefault lets the image run (contract 1.1).
//
//   ended by SIGSYS, by itself or behind a shell (128 + 31), or "bad system call" said before an early end   fail
//   denied with EPERM, which the profile does mostly                                                         not judged

import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, worked } from "../../observations/phase-run.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { trialConditions } from "./trial-conditions.ts";

const ID = "1.1-trial-seccomp";
/** Exit code of a shell whose program ended by SIGSYS (31). */
const SHELL_CODE = 128 + 31;
const SAID = /\bSIGSYS\b|\bbad system call\b/i;
const PHASES = ["read-only", "restart", "writable", "replica"] as const;

export const trialSeccomp = defineRule({
  id: ID,
  rows: ["seccomp"],
  title: {
    fr: "Pendant l'essai, le profil seccomp RuntimeDefault n'arrête pas l'application",
    en: "During the trial, the seccomp profile RuntimeDefault does not end the application",
  },
  why: {
    fr: "La plateforme applique RuntimeDefault à chaque conteneur : un programme qui a besoin d'un appel système interdit n'y démarre pas.",
    en: "The platform applies RuntimeDefault to every container: a program that needs a forbidden system call does not start there.",
  },
  remedy: {
    fr: "Se passer de l'appel système interdit : désactiver la fonction qui l'utilise (io_uring, bac à sable d'un navigateur, débogueur).",
    en: "Do without the forbidden system call: turn off the feature that uses it (io_uring, a browser's sandbox, a debugger).",
  },
  needs: ["trial"],
  check({ trial }) {
    const runs = PHASES.map((name) => phaseRun(trial, name));
    const killed = runs.find(wasKilled);
    if (killed !== undefined) {
      const line = saidLine(killed);
      const shown = line === undefined ? "" : ` (${excerpt(line)})`;
      return {
        status: "fail",
        findings: [
          {
            message: {
              fr: `le profil seccomp RuntimeDefault a arrêté l'application (SIGSYS)${shown}`,
              en: `the seccomp profile RuntimeDefault ended the application (SIGSYS)${shown}`,
            },
            fingerprint: fingerprint(ID, "SIGSYS"),
          },
        ],
      };
    }
    const [first] = runs;
    if (first !== undefined && !runs.some(worked)) return unobserved(trial, first);
    const seen = trialConditions(trial);
    return {
      status: "pass",
      proof: {
        fr: `l'application fonctionne sous le profil RuntimeDefault, ${seen.fr}`,
        en: `the application works under the profile RuntimeDefault, ${seen.en}`,
      },
    };
  },
});

function wasKilled(run: PhaseRun): boolean {
  const { exit } = run;
  if (exit?.by !== "itself") return false;
  return (
    exit.signal === "SIGSYS" || exit.code === SHELL_CODE || (exit.code !== 0 && saidLine(run) !== undefined)
  );
}

function saidLine({ observations }: PhaseRun): string | undefined {
  const lines = observed(observations, "output").flatMap(({ sample }) => sample.split("\n"));
  return lines.find((line) => SAID.test(line))?.trim();
}
