import { globSync, mkdirSync, rmdirSync } from "node:fs";
import { basename } from "node:path";

/** Whether cgroups can be made where the runtime makes them, with the controllers that limits need. */
export function canMakeCgroups(): boolean {
  const memory = globSync(["/sys/fs/cgroup/memory", "/sys/fs/cgroup/cgroup.controllers"]);
  if (memory.length === 0) return false;
  const parents = globSync(["/sys/fs/cgroup/memory", "/sys/fs/cgroup/pids"]);
  return (parents.length === 0 ? ["/sys/fs/cgroup"] : parents).every(canMakeBelow);
}

function canMakeBelow(parent: string): boolean {
  const probe = `${parent}/douane-probe-${process.pid}`;
  try {
    mkdirSync(probe);
    rmdirSync(probe);
    return true;
  } catch {
    return false;
  }
}

/** Of one pod of this process. Its containers' cgroups are named `NAME-…`. */
export function cgroupName(pod: number): string {
  return `douane-${process.pid}-${Date.now().toString(36)}-${pod}`;
}

/** Of a container: see cgroupName(). */
const NAME = /^douane-(\d{1,10})-[0-9a-z]{6,12}-\d+(?:-[0-9a-z]+)+$/;

/**
 * Removes the empty cgroups of trials whose process was killed together with its guardian, who
 * would have removed them. A cgroup that has a process in it cannot be removed.
 */
export function removeLeftCgroups(): void {
  for (const path of globSync(["/sys/fs/cgroup/douane-*", "/sys/fs/cgroup/*/douane-*"])) {
    const [, pid] = NAME.exec(basename(path)) ?? [];
    if (pid === undefined || !isGone(Number(pid))) continue;
    try {
      rmdirSync(path);
    } catch {
      // Still in use, or removed by its guardian meanwhile.
    }
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
