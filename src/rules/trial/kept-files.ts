import { type DisposableName, disposableName, isTemporaryPlace } from "../../contract/temporary-path.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { logLikeFiles } from "../../observations/log-like.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { phaseRun } from "../../observations/phase-run.ts";
import {
  differs,
  type InstanceFiles,
  instanceFiles,
  isAlone,
  isContinued,
  isMadeAlike,
  writeAfter,
} from "./instance-files.ts";
import { ownNames } from "./own-names.ts";
import { isRepositoryFile } from "./repository-files.ts";
import { timesOnly } from "./times-only.ts";

/** Reason why a file is state, regardless of its content. */
export type KeptBecause = "grew" | "changed" | "differs" | "alone" | "repository" | "listed";

/** A file in a volume that the application uses again after a restart. */
export interface KeptFile {
  readonly path: string;
  readonly area: string;
  readonly because: KeptBecause;
  /** Set if another container of the pod may have written or read the file. */
  readonly unsure: boolean;
  /** What the file's name promises although it is used as state is. */
  readonly named?: DisposableName;
  /** Set if the replica has no such file but was so slow that it may only be late. */
  readonly late?: true;
}

const LATER = ["restart", "writable", "kept"] as const;

/**
 * Files of volumes that are state by their use: they grow with the requests; or they are read again and
 * changed; or they are read again while a replica's files differ or are missing; or their names are listed
 * again. Files that every start creates alike are not state. The name of a cache, or of a process's file, only
 * excuses what such files do: a start that rewrites them, and binary content that differs from a replica's.
 */
export function keptFiles(trial: TrialFacts): readonly KeptFile[] {
  const logs = new Set(logLikeFiles(trial).map(({ path }) => path));
  const later = LATER.flatMap((name) => phaseRun(trial, name).observations);
  const files = instanceFiles(trial);
  const stamps = timesOnly(trial);
  const hasOwn = (path: string): boolean => differs(files, path) && !stamps.has(path);
  const why = rereadTest(trial, files, hasOwn);
  const kept = [
    ...grownAtWork(trial).map((write) => keptFile(write, "grew")),
    ...observed(later, "write")
      .filter(({ phase, area, path, digest, appended }) => {
        // Other phases start with a new root.
        const isOld = area !== "/" || phase === "kept";
        const isSame = digest !== undefined && digest === files.first.get(path)?.digest;
        return isOld && appended !== true && isSame && hasOwn(path);
      })
      .map((write) => keptFile(write, "differs")),
    ...observed(later, "reread").flatMap((reread) => {
      const because = why(reread);
      return because === undefined ? [] : [{ ...keptFile(reread, because), atWork: reread.atWork === true }];
    }),
    ...ownNames(trial, files).map(({ write, unsure }) => ({ ...keptFile(write, "listed"), unsure })),
  ]
    .map((file) => (files.late && isAbsence(file) ? { ...file, late: true as const } : file))
    .filter(
      (file) => !logs.has(file.path) && !isTemporaryPlace(file.path) && !isExcused(file, trial, stamps),
    );
  // A certain entry replaces an uncertain one.
  const sure = kept.filter(({ unsure }) => !unsure);
  return [...new Map([...kept, ...sure].map((file) => [file.path, file])).values()];
}

/** Whether a file counts because the replica has none. */
function isAbsence({ because }: KeptFile): boolean {
  return because === "alone" || because === "listed";
}

/** Whether the use of a file agrees with what its name promises, so that it is no state. */
function isExcused(
  { path, because, named, atWork = false }: KeptFile & { readonly atWork?: boolean },
  { observations }: TrialFacts,
  stamps: ReadonlySet<string>,
): boolean {
  if (named === undefined) return false;
  if (because === "changed") return !atWork || stamps.has(path);
  if (named === "process") return because !== "grew";
  if (because !== "differs") return false;
  return observed(observations, "write").some((write) => write.path === path && write.magic !== undefined);
}

/** Reason why a reread file is state; undefined if unknown. */
function rereadTest(
  trial: TrialFacts,
  files: InstanceFiles,
  hasOwn: (path: string) => boolean,
): (reread: Observed<"reread">) => KeptBecause | undefined {
  const writes = observed(trial.observations, "write");
  const paths = new Set(writes.map(({ path }) => path));
  return (reread) => {
    const { path, type, changed, unordered } = reread;
    if (type === "directory") return undefined;
    const now = writeAfter(reread, writes);
    if (unordered === true) return isContinued(files, now) ? "changed" : undefined;
    if (changed === true) return isMadeAlike(files, now) ? undefined : "changed";
    if (hasOwn(path)) return "differs";
    if (paths.has(path) && isAlone(files, reread)) return "alone";
    return isRepositoryFile(path, paths) ? "repository" : undefined;
  };
}

/**
 * Files that grew with the requests. A file that grows on every start, such as an appended configuration, is
 * excluded: it grows as much in the restart, without requests.
 */
function grownAtWork(trial: TrialFacts): readonly Observed<"write">[] {
  const before = new Map(appendedIn(trial, "restart").map(({ path, grew }) => [path, grew]));
  const inVolumes = appendedIn(trial, "writable").filter(({ path, grew }) => grew > (before.get(path) ?? 0));
  return [...inVolumes, ...appendedIn(trial, "kept").filter(({ atWork }) => atWork === true)];
}

function appendedIn(trial: TrialFacts, phase: (typeof LATER)[number]): readonly Observed<"write">[] {
  return observed(phaseRun(trial, phase).observations, "write").filter(({ appended }) => appended === true);
}

function keptFile(
  { path, area, unsure }: Observed<"write"> | Observed<"reread">,
  because: KeptBecause,
): KeptFile {
  const named = disposableName(path);
  return { path, area, because, unsure: unsure === true, ...(named === undefined ? {} : { named }) };
}
