import { statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { readSnapshot } from "./file-snapshot.ts";
import type { PodContainer } from "./pod.ts";

/**
 * Empties the file of a container's termination message before the container starts: the kubelet creates a
 * new file for each start.
 */
export function resetMessage({ pod, plan }: PodContainer): void {
  for (const { source, message } of pod.plan.volumes) {
    if (message === undefined || !plan.writable.some((one) => one.source === source)) continue;
    const file = join(source, message);
    if (statSync(file).size === 0) continue;
    truncateSync(file);
    // Emptying the file here is not a write of the application.
    pod.volumes.set(source, readSnapshot(source));
  }
}
