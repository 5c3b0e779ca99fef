import { isTemporaryPlace } from "../../contract/temporary-path.ts";
import type { ContainerRun } from "./container-run.ts";
import { EMPTY_SNAPSHOT } from "./file-snapshot.ts";
import { noteStamps, stampOf } from "./file-stamps.ts";
import type { PodContainer } from "./pod.ts";
import { viewOf } from "./volumes.ts";

/**
 * Records the files of volumes that may contain state, before the first container that mounts them is
 * stopped.
 */
export function noteBeforeStop({ podContainer: { pod, plan } }: ContainerRun): void {
  for (const { source, path } of plan.writable) {
    if (pod.beforeStop.has(source) || isTemporaryPlace(`${path}/file`)) continue;
    pod.beforeStop.set(source, noteStamps(viewOf(pod.plan, source)));
  }
}

/**
 * Whether files that may be state were written to a volume of the container during its last stop, since the
 * next start may read them.
 */
export function wroteAtStop({ pod, plan }: PodContainer): boolean {
  return plan.writable.some(({ source, path: area }) => {
    const noted = pod.beforeStop.get(source);
    if (noted === undefined) return false;
    const { entries } = pod.volumes.get(source) ?? EMPTY_SNAPSHOT;
    return [...entries].some(([path, { type, bytes, ino, writtenAt }]) => {
      if (type !== "file" || bytes === 0 || isTemporaryPlace(`${area}${path}`)) return false;
      return !noted.complete || noted.stamps.get(path) !== stampOf(ino, bytes, writtenAt);
    });
  });
}
