// During the trial, the application keeps no state on its own disk (contract 1.2, 1.4: state is externalised).
//
//   a database (by content, or named *.db, *.sqlite…) on the root or in an emptyDir       fail
//   a file in a volume that grows with the requests after the restart, or is read again
//   and changed, or is read again and differs from the second replica's, or the second
//   replica has none                                                                      fail
//   names that are listed again, of which the second replica has none                     fail
//   a file of a repository that is read again; a user's session, in /tmp, too, whichever
//   container of the pod wrote it                                                         fail
//   the same in a persistent volume                                                       note
//   a database in /tmp or in a cache                                                      note
//   a database in /tmp that a later start read; a file with the name of a cache, a pid or
//   a lock that is used as state is: it grows or changes with the requests after it was
//   read again, it is text that differs from the replica's, or the replica has none       unproven, row 7 too
//   the same for a file on the root, if the application is started again on the same root fail
//   another file on the root, for which this remains unknown, unless the manifest mounts
//   the root read-only                                                                    unproven, row 7 too
//   a file of a volume that two fresh starts make alike and a later one does not, although
//   it was not seen to be read                                                            unproven, row 7 too
//   permissions, owner or time of a file that are not the replica's                       unproven, row 7 too
//   not started, no request answered, or a bound hit                                      unproven, row 7 too
//   pid files, sockets and caches that each start rewrites, logs; files that are equal at
//   each start                                                                            silent

import type { Collected } from "../../contract/evidence.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { phaseRun, worked } from "../../observations/phase-run.ts";
import { notLookedAt, unanswered } from "../../observations/requests.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { instanceFiles } from "./instance-files.ts";
import { type KeptBecause, type KeptFile, keptFiles } from "./kept-files.ts";
import { openFile } from "./lost-files.ts";
import { setAttributes } from "./set-attributes.ts";
import { writtenByAny } from "./shared-volume.ts";
import { stablePath } from "./stable-path.ts";
import { type StateFile, stateFiles } from "./state-files.ts";
import { trialConditions } from "./trial-conditions.ts";
import { usedAsState } from "./used-as-state.ts";

const ID = "1.2-trial-state";
type Given = Pick<Collected, "placement" | "workload"> & { readonly trial: TrialFacts };

const SHOWN = 20;
const EXAMPLES = 3;

export const trialState = defineRule({
  id: ID,
  rows: ["no-baked-state", "stateless"],
  title: {
    fr: "Pendant l'essai, l'application ne garde pas d'état sur son disque",
    en: "During the trial, the application keeps no state on its disk",
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
    const state = found.filter((file) => !harmless(file));
    const named = new Set(state.map(({ path }) => path));
    const kept = keptFiles(trial).filter(({ path }) => !named.has(path));
    const ended = kept.filter(({ area }) => !persistent.has(area));
    const lasting = ended.filter(({ named: name, late = false }) => name === undefined && !late);
    const noted = found.filter(harmless);
    const notes = [...noted.map(finding), ...byArea(kept.filter(({ area }) => persistent.has(area)))];
    const findings = [
      ...state.filter(({ unsure, session }) => !unsure || session).map(finding),
      ...byArea(lasting.filter(({ unsure }) => !unsure)),
    ];
    const [open, ...more] = [...state, ...lasting].map(({ path }) => path);
    const presumed = ended.filter((one) => !lasting.includes(one));
    return outcomeOf(
      { findings: findings.slice(0, SHOWN), notes: notes.slice(0, SHOWN) },
      open === undefined
        ? doubted(usedAsState(trial, noted, presumed) ?? whenNoneWritten(given, notes.length > 0))
        : writtenByAny([open, ...more]),
    );
  },
});

/** One finding per volume: a database has many files. */
function byArea(kept: readonly KeptFile[]): readonly Finding[] {
  return [...Map.groupBy(kept, ({ area }) => area)].flatMap(([area, files]) => {
    const paths = files.slice(0, EXAMPLES).map(({ path }) => excerpt(path));
    const list = `${paths.join(", ")}${files.length > EXAMPLES ? "…" : ""}`;
    return files.slice(0, 1).map(({ path, because }) => ({
      message: {
        fr: `l'application garde un état ${area === "/" ? "sur la racine" : `dans ${excerpt(area)}`} : ${list} ${BECAUSE[because].fr}`,
        en: `the application keeps state ${area === "/" ? "on the root" : `in ${excerpt(area)}`}: ${list} ${BECAUSE[because].en}`,
      },
      fingerprint: fingerprint(ID, "kept", area),
      at: { path },
    }));
  });
}

const BECAUSE: Readonly<Record<KeptBecause, Text>> = {
  grew: {
    fr: "a encore grossi avec les requêtes, après le redémarrage",
    en: "grew again with the requests, after the restart",
  },
  changed: {
    fr: "a été relu après le redémarrage, puis changé",
    en: "was read again after the restart, then changed",
  },
  differs: {
    fr: "a été relu après le redémarrage, et diffère de celui de la seconde réplique",
    en: "was read again after the restart, and differs from the second replica's",
  },
  alone: {
    fr: "a été relu après le redémarrage, et la seconde réplique, à qui l'on a demandé la même chose, n'en a pas",
    en: "was read again after the restart, and the second replica, which was asked the same, has none",
  },
  listed: {
    fr: "a été listé après le redémarrage, et la seconde réplique, à qui l'on a demandé la même chose, n'a rien de ce nom",
    en: "was listed after the restart, and the second replica, which was asked the same, has nothing of that name",
  },
  repository: {
    fr: "appartient à un dépôt, relu après le redémarrage : ce qu'une réplique reçoit manque aux autres",
    en: "is of a repository, which was read again after the restart: what one replica is sent the others lack",
  },
};

/**
 * Outcome if no state was written: depends on whether the trial would have shown writes.
 *
 * @param hasNotes whether notes name what was written
 */
function whenNoneWritten(given: Given, hasNotes: boolean): Outcome {
  const { trial } = given;
  // The writable phase is the only one that shows all writes.
  const run = phaseRun(trial, "writable");
  if (!worked(run)) return unobserved(trial, run);
  // The phase "kept" runs only if files remained that may be state.
  const again = phaseRun(trial, "kept");
  if (again.state !== "absent" && !worked(again)) return unobserved(trial, again);
  const hidden =
    limitedBy([run, phaseRun(trial, "read-only"), again]) ??
    unanswered(trial, [run]) ??
    notLookedAt(trial, "rereads") ??
    notLookedAt(trial, "kept-root") ??
    notLookedAt(trial, "replaced-files") ??
    notLookedAt(trial, "stopped-volumes") ??
    notLookedAt(trial, "named-caches");
  if (hidden !== undefined) return hidden;
  const lost = mountsReadOnly(given) ? undefined : openFile(trial);
  if (lost !== undefined) return gone(lost);
  const set = setAttributes(trial, instanceFiles(trial));
  if (set !== undefined) return attributesSet(set);
  const seen = trialConditions(trial);
  return {
    status: "pass",
    proof: {
      fr: `aucune ${hasNotes ? "autre " : ""}base de données écrite sur le disque du conteneur, aucun ${hasNotes ? "autre " : ""}fichier relu et continué après le redémarrage, ${seen.fr}`,
      en: `no ${hasNotes ? "other " : ""}database written to the container's disk, no ${hasNotes ? "other " : ""}file read again and gone on with after the restart, ${seen.en}`,
    },
  };
}

/**
 * The outcome, marked as doubtful if unproven: the absence of databases in the image's layers then does not
 * prove that the application keeps no state.
 */
function doubted(outcome: Outcome): Outcome {
  return outcome.status === "unproven" ? { ...outcome, doubtful: true } : outcome;
}

/** Whether the manifest mounts the root read-only, so that nothing can be written to it. */
function mountsReadOnly({ placement }: Given): boolean {
  return placement?.spec.securityContext?.readOnlyRootFilesystem === true;
}

function gone(path: string): Outcome {
  const shown = excerpt(path);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : l'application écrit ${shown} sur la racine, neuve à chaque démarrage : rien ne dit si c'est un état`,
      en: `not observed: the application writes ${shown} to the root, which is new at each start: nothing says whether it is state`,
    },
    settle: {
      fr: "Monter un volume emptyDir là où elle écrit, et refaire l'essai.",
      en: "Mount an emptyDir volume where it writes, and repeat the trial.",
    },
  };
}

function attributesSet(path: string): Outcome {
  const shown = excerpt(path);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${shown} a le même contenu que dans la seconde réplique, mais d'autres droits, un autre propriétaire ou une autre date : rien ne dit si c'est un état`,
      en: `not observed: ${shown} has the content that it has in the second replica, but other permissions, another owner or another time: nothing says whether that is state`,
    },
    settle: {
      fr: "Donner à ce fichier ses droits une fois pour toutes, à sa création, ou confier ce qu'ils disent à un service.",
      en: "Give this file its permissions once, when it is created, or give what they say to a service.",
    },
  };
}

/** Mounts of persistent volumes, whose files outlive the pod. */
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

function finding({ path, database, session }: StateFile): Finding {
  const shown = excerpt(path);
  return {
    message: session
      ? {
          fr: `l'application garde les sessions de ses utilisateurs dans des fichiers : ${shown}`,
          en: `the application keeps its users' sessions in files: ${shown}`,
        }
      : database === undefined
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
