import { isTemporaryPlace } from "../contract/temporary-path.ts";
import type { TrialOptions } from "./trial-options.ts";

/**
 * Whether the writable phase of a pod can run concurrently, in a separate pod. It cannot if phases share a
 * resource that one phase would change for the other: a database, or a volume that may contain state.
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
    return mounts.every((mount) => mount.kind !== "empty" || isTemporaryPlace(`${mount.path}/file`));
  });
}
