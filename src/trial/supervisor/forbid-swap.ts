import { writeFileSync } from "node:fs";
import { cgroupFolders } from "./cgroup-events.ts";

/**
 * Keeps a container from going on in swap once it has all the memory that it may: as the kubelet
 * has it, so that it is killed for that, and is seen to be. Cgroups of version 2 limit both apart.
 */
export function forbidSwap(cgroup: string): void {
  for (const folder of cgroupFolders(cgroup)) {
    try {
      writeFileSync(`${folder}/memory.swap.max`, "0", { flag: "r+" });
    } catch {
      // Version 1, or a kernel that does not count swap.
    }
  }
}
