import { posix } from "node:path";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { TrialFacts } from "../../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../../contract/workload-facts.ts";
import { observed } from "../../../observations/observed.ts";
import { writableMounts } from "../../../start/manifest-mounts.ts";

/** Paths that no application changes, even if its root is writable. */
const OF_SYSTEM =
  /^\/(?:[^/]*|(?:bin|sbin|usr|lib\w*|boot)\/.*|etc\/(?:passwd|group|shadow|hosts|hostname|resolv\.conf|os-release|ssl\/.*|localtime))$/;

/**
 * Whether the state of a path cannot change while the container runs: the path is on a root mounted
 * read-only, in a volume that the container may not write, or itself a mount point.
 *
 * @param path absolute
 */
export function isUnchanging(path: string, workload: WorkloadFacts, spec: ContainerFacts): boolean {
  const { start, isPattern } = startOf(path);
  const fixed = isPattern ? `${start}*` : path;
  const writable = [...writableMounts(workload, spec), "/dev/shm"];
  if (writable.some((mount) => fixed.startsWith(`${mount}/`))) return false;
  const mounts = (spec.volumeMounts ?? []).flatMap(({ mountPath = "" }) =>
    mountPath === "" ? [] : [posix.resolve("/", mountPath)],
  );
  if (mounts.some((mount) => fixed === mount || fixed.startsWith(`${mount}/`))) return true;
  return spec.securityContext?.readOnlyRootFilesystem === true || OF_SYSTEM.test(fixed);
}

/** Whether the trial saw the application write the path, or a path below it. */
export function isWritten(path: string, trial: TrialFacts | undefined): boolean {
  const { start, isPattern } = startOf(path);
  return observed(trial?.observations ?? [], "write").some(
    (write) =>
      write.change !== "deleted" &&
      (isPattern ? write.path.startsWith(start) : write.path === path || write.path.startsWith(`${path}/`)),
  );
}

/** Folder, with its slash, before the first name in a path that has a pattern or a variable. */
function startOf(path: string): { readonly start: string; readonly isPattern: boolean } {
  const at = path.search(/[*?[$`]/);
  if (at === -1) return { start: path, isPattern: false };
  return { start: path.slice(0, path.lastIndexOf("/", at) + 1), isPattern: true };
}
