import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { isTemporaryPlace, mayBeState } from "../../contract/temporary-path.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { BUSY } from "../../observations/limited-by.ts";
import { logLikeFiles } from "../../observations/log-like.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { phaseRun } from "../../observations/phase-run.ts";
import { countsOn } from "./counts-on.ts";
import { instanceFiles } from "./instance-files.ts";
import type { KeptFile } from "./kept-files.ts";
import type { StateFile } from "./state-files.ts";

/**
 * Outcome for a file that the application uses as state is used, although its name, its place or what was seen of it
 * leaves another explanation: a kept file named as a cache or as a process's own, or that the replica may only be late
 * to make; a database in such a file or in /tmp
 * that a later start goes on with; a file that two fresh starts make alike and a later one does not, without having
 * been seen to read it. Undefined if there is none.
 *
 * @param databases databases in places for data that may be lost
 */
export function usedAsState(
  trial: TrialFacts,
  databases: readonly StateFile[],
  kept: readonly KeptFile[],
): Outcome | undefined {
  const [doubtful] = kept;
  if (doubtful !== undefined) {
    return doubtful.named === undefined ? BUSY : unproven(doubtful.path, NAMED[doubtful.named]);
  }
  const rereads = observed(trial.observations, "reread");
  const reopened = databases.find(({ path, database }) => {
    const isGoneOnWith = (one: Observed<"reread">): boolean =>
      one.path === path && (isTemporaryPlace(path) || one.atWork === true);
    return database !== undefined && rereads.some(isGoneOnWith);
  });
  if (reopened !== undefined) return unproven(reopened.path, REOPENED);
  const path = continuedUnseen(trial);
  return path === undefined ? undefined : unproven(path, CONTINUED);
}

/**
 * Path of a file of a volume that two fresh starts make alike, while a later start with the same requests does not, or
 * that counts on over restarts. A file that each start appends to is excluded: its growth with the requests is judged.
 */
function continuedUnseen(trial: TrialFacts): string | undefined {
  const files = instanceFiles(trial);
  const { first, replica, comparable } = files;
  if (!comparable.volumes) return undefined;
  const logs = new Set(logLikeFiles(trial).map(({ path }) => path));
  const found = observed(phaseRun(trial, "writable").observations, "write").find((write) => {
    const { area, path, type, change, digest, appended = false } = write;
    if (area === "/" || type !== "file" || change !== "modified" || appended) return false;
    if (logs.has(path) || !mayBeState(path)) return false;
    const fresh = first.get(path)?.digest;
    const isAlike = fresh !== undefined && fresh === replica.get(path)?.digest;
    return (isAlike && digest !== fresh) || countsOn(trial, files, path);
  });
  return found?.path;
}

const NAMED: Readonly<Record<"cache" | "process", Text>> = {
  cache: {
    fr: "porte le nom d'un cache, mais l'application s'en sert comme d'un état",
    en: "has the name of a cache, but the application uses it as state is used",
  },
  process: {
    fr: "porte le nom d'un fichier de processus, mais l'application s'en sert comme d'un état",
    en: "has the name of a process's file, but the application uses it as state is used",
  },
};

const REOPENED: Text = {
  fr: "est une base de données en un lieu temporaire, que l'application rouvre après un redémarrage",
  en: "is a database in a temporary place, which the application opens again after a restart",
};

const CONTINUED: Text = {
  fr: "change d'un démarrage à l'autre comme si l'application continuait ce qu'elle y avait écrit",
  en: "changes from start to start as if the application went on with what it had written there",
};

function unproven(path: string, because: Text): Outcome {
  const shown = excerpt(path);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${shown} ${because.fr} ; rien ne dit si le perdre serait sans suite`,
      en: `not observed: ${shown} ${because.en}; nothing says whether it can be lost without harm`,
    },
    settle: {
      fr: "Effacer à chaque démarrage ce qui peut se perdre (ou, sauf une base de données, le placer sous /tmp) ; confier un état à un service dédié.",
      en: "Remove at each start what may be lost (or, but for a database, place it below /tmp); give state to a dedicated service.",
    },
  };
}
