import { mayBeState } from "../contract/temporary-path.ts";
import type { TrialOptions } from "./trial-options.ts";

/**
 * Whether the writable phase of a pod can run concurrently, in a pod of its own. Not if phases share
 * something that one would change for the other: a database, or a volume that may hold state.
 */
export function parallelWritable({
  apart = false,
  containers,
  dependencies = [],
}: Pick<TrialOptions, "apart" | "dependencies"> & {
  readonly containers: readonly Pick<TrialOptions["containers"][number], "mounts">[];
}): boolean {
  if (!apart || dependencies.some((one) => "image" in one)) return false;
  return containers.every(({ mounts }) => {
    return mounts.every((mount) => mount.kind !== "empty" || !mayBeState(`${mount.path}/file`));
  });
}
