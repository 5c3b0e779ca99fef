import { posix } from "node:path";
import { disposableName, isTemporaryPlace } from "../../contract/temporary-path.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { withoutTimes } from "../../contract/without-times.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import type { InstanceFiles } from "./instance-files.ts";

type Write = Observed<"write">;

/** Names of temporary files, left by a program that was killed while writing. */
const UNFINISHED = /~$|\.(?:tmp|temp|part|swp|new)$/i;

/**
 * Names of files that an application created in a volume and listed at a later start, but that a replica does
 * not create for the same requests. These names are state, whatever the files contain. Names that differ only
 * by a time count as equal.
 */
export function ownNames(
  trial: TrialFacts,
  { replica, comparable }: InstanceFiles,
): readonly { readonly write: Write; readonly unsure: boolean }[] {
  if (!comparable.volumes) return [];
  const elsewhere = new Set([...replica.keys()].map(withoutTimes));
  const writes = observed(trial.observations, "write").filter(({ phase }) => phase !== "replica");
  const lasting = lastingNames(writes);
  return observed(trial.observations, "reread")
    .filter(({ type, phase }) => type === "directory" && phase !== "replica")
    .flatMap(({ path: directory, phase, ms, unsure }) => {
      const own = lasting.filter((write) => {
        const isBefore = write.phase !== phase && write.ms <= ms;
        const isInside = posix.dirname(write.path) === directory;
        return isBefore && isInside && isName(write) && !elsewhere.has(withoutTimes(write.path));
      });
      return own.map((write) => ({ write, unsure: unsure === true || write.unsure === true }));
    });
}

/** Writes that created names which were not removed. */
function lastingNames(writes: readonly Write[]): readonly Write[] {
  const last = new Map(writes.map((write) => [write.path, write.change]));
  return writes.filter(({ path, change }) => change === "created" && last.get(path) !== "deleted");
}

function isName({ path, type }: Write): boolean {
  const mayCount = !isTemporaryPlace(path) && disposableName(path) !== "process";
  return type !== "other" && mayCount && !UNFINISHED.test(path);
}
