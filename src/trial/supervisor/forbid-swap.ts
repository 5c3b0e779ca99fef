import { writeFileSync } from "node:fs";
import { cgroupFolders } from "./cgroup-folders.ts";

/**
 * Forbids swap for a container, as the kubelet does: a container that has used its memory limit is then
 * killed, which can be observed. Cgroups of version 2 limit memory and swap separately.
 */
export function forbidSwap(cgroup: string): void {
  for (const folder of cgroupFolders(cgroup)) {
    try {
      writeFileSync(`${folder}/memory.swap.max`, "0", { flag: "r+" });
    } catch {
      // Cgroups of version 1, or a kernel without swap accounting.
    }
  }
}
