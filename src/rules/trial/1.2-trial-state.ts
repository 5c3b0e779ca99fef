// On trial, the application keeps no state on its own disk (contract 1.2, 1.4: state is externalised).
//
//   a database (by content, or named *.db, *.sqlite…) on the root or in an emptyDir       fail
//   the same in a persistent volume, in /tmp or in a cache                                note
//   pid files, sockets, caches, uploads, any other file                                   no state for sure: silent

import type { Collected } from "../../contract/evidence.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { hiddenBy } from "./hidden-by.ts";
import { phaseRun, worked } from "./phase-run.ts";
import { unanswered } from "./requests.ts";
import { writtenByAny } from "./shared-volume.ts";
import { stablePath } from "./stable-path.ts";
import { type StateFile, stateFiles } from "./state-files.ts";
import { trialConditions } from "./trial-conditions.ts";
import { unobserved } from "./unobserved.ts";

const ID = "1.2-trial-state";
const SHOWN = 20;

export const trialState = defineRule({
  id: ID,
  rows: ["no-baked-state", "stateless"],
  title: {
    fr: "À l'essai, l'application ne garde pas d'état sur son disque",
    en: "On trial, the application keeps no state on its disk",
  },
  why: {
    fr: "Une base de données locale n'est partagée avec aucune autre réplique, et disparaît avec le pod.",
    en: "A local database is shared with no other replica, and is gone with the pod.",
  },
  remedy: {
    fr: "Confier les données à un service dédié, dont l'adresse vient d'une variable d'environnement.",
    en: "Give the data to a dedicated service, whose address comes from an environment variable.",
  },
  needs: ["trial"],
  uses: ["placement", "workload"],
  check(given) {
    const { trial } = given;
    const persistent = persistentMounts(given);
    const found = stateFiles(trial);
    const harmless = ({ temporary, area }: StateFile): boolean => temporary || persistent.has(area);
    const notes = found.filter(harmless).slice(0, SHOWN).map(finding);
    const state = found.filter((file) => !harmless(file));
    const findings = state
      .filter(({ unsure }) => !unsure)
      .slice(0, SHOWN)
      .map(finding);
    const [open, ...more] = state.map(({ path }) => path);
    return outcomeOf(
      { findings, notes },
      open === undefined ? whenNoneWritten(trial) : writtenByAny([open, ...more]),
    );
  },
});

/** No database was written: whether that shows anything. */
function whenNoneWritten(trial: TrialFacts): Outcome {
  // Only where everything can be written does everything show that is.
  const run = phaseRun(trial, "writable");
  if (!worked(run)) return unobserved(trial, run);
  const hidden = hiddenBy([run, phaseRun(trial, "read-only")]) ?? unanswered(trial, [run]);
  if (hidden !== undefined) return hidden;
  const seen = trialConditions(trial);
  return {
    status: "pass",
    proof: {
      fr: `aucune base de données écrite sur le disque du conteneur, ${seen.fr}`,
      en: `no database written to the container's disk, ${seen.en}`,
    },
  };
}

/** Where a persistent volume is mounted: what is written there outlives the pod. */
function persistentMounts({
  placement,
  workload,
}: Pick<Collected, "placement" | "workload">): ReadonlySet<string> {
  if (placement === undefined || workload === undefined) return new Set();
  const names = new Set(
    workload.pod.spec.volumes
      .filter(({ sources }) => sources.includes("persistentVolumeClaim"))
      .map(({ name }) => name),
  );
  for (const { name, source } of workload.claims) if (source === "template") names.add(name);
  const mounts = (placement.spec.volumeMounts ?? []).filter(({ name }) => names.has(name));
  return new Set(mounts.flatMap(({ mountPath }) => mountPath?.replace(/(?<=[^/])\/+$/, "") ?? []));
}

function finding({ path, database }: StateFile): Finding {
  const shown = excerpt(path);
  return {
    message:
      database === undefined
        ? {
            fr: `l'application écrit ce qui ressemble à une base de données : ${shown}`,
            en: `the application writes what looks like a database: ${shown}`,
          }
        : {
            fr: `l'application écrit une base de données ${database} : ${shown}`,
            en: `the application writes a ${database} database: ${shown}`,
          },
    fingerprint: fingerprint(ID, stablePath(path)),
    at: { path },
  };
}
