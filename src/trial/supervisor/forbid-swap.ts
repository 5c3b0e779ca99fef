import { writeFileSync } from "node:fs";
import { cgroupFolders } from "./cgroup-events.ts";

/**
 * Forbids swap to a container, as the kubelet does: when it has used its memory limit, it is killed for that,
 * which can be observed. Cgroups of version 2 limit memory and swap separately.
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
