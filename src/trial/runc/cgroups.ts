import { globSync, mkdirSync, rmdirSync } from "node:fs";

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
