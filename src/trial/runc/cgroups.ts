import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

const MOUNT = "/sys/fs/cgroup";
/** statfs(2) type of /sys/fs/cgroup with version 2 only; with version 1 controllers it is a tmpfs. */
const CGROUP2_SUPER_MAGIC = 0x63677270;
/** Controllers that a container's limits need: a manifest's resources.limits may set each of them. */
const CONTROLLERS = ["cpu", "memory", "pids"] as const;

/** Whether root can create cgroups where the runtime does, with the controllers that limits need. */
export function canMakeCgroups(): boolean {
  if (isUnified()) return canLimitBelow("");
  return ["memory", "pids"].every((controller) => canMakeBelow(`${MOUNT}/${controller}`));
}

/** Whether this machine has cgroups of version 2 only, neither version 1 nor both (hybrid). */
export function isUnified(): boolean {
  try {
    return statfsSync(MOUNT).type === CGROUP2_SUPER_MAGIC;
  } catch {
    return false;
  }
}

/**
 * Whether this process can move processes below a cgroup of version 2 and limit them there. The cgroup's
 * controllers must be delegated. If they are not delegated yet, this is possible only while the cgroup
 * contains no process, which the kernel enforces (except in the real root).
 *
 * @param path path below the mount, `/a/b`; empty for the root
 */
export function canLimitBelow(path: string): boolean {
  const folder = MOUNT + path;
  try {
    accessSync(`${folder}/cgroup.procs`, constants.W_OK);
    const handedDown = new Set(controllersIn(`${folder}/cgroup.subtree_control`));
    const others = CONTROLLERS.filter((controller) => !handedDown.has(controller));
    if (others.length > 0) {
      writeFileSync(`${folder}/cgroup.subtree_control`, others.map((name) => `+${name}`).join(" "));
    }
    return canMakeBelow(folder);
  } catch {
    return false;
  }
}

function controllersIn(file: string): readonly string[] {
  return readFileSync(file, "utf8").trim().split(/\s+/);
}

/** This process's cgroup of version 2, `/a/b`; undefined if it has none. */
export function ownCgroup(): string | undefined {
  return cgroupIn(readFileSync("/proc/self/cgroup", "utf8"));
}

/** The path of version 2 in a text of /proc/PID/cgroup. */
export function cgroupIn(text: string): string | undefined {
  return /^0::(\/.*)$/m.exec(text)?.[1];
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

/** Name for the cgroups of one pod of this process; cgroups of containers are `NAME-…`. */
export function cgroupName(pod: number): string {
  return `douane-${process.pid}-${Date.now().toString(36)}-${pod}`;
}

/** Name of a container's cgroup: see cgroupName(). */
const NAME = /^douane-(\d{1,10})-[0-9a-z]{6,12}-\d+(?:-[0-9a-z]+)+$/;

/**
 * Removes empty cgroups of trials whose process and guardian were both killed. A cgroup with a process cannot
 * be removed.
 *
 * @param parent parent cgroup below the mounts, `/a/b`
 */
export function removeLeftCgroups(parent: string): void {
  const mounts = [MOUNT, ...namesIn(MOUNT).map((name) => join(MOUNT, name))];
  const folders = mounts.map((mount) => join(mount, parent));
  for (const path of folders.flatMap((folder) => namesIn(folder).map((name) => join(folder, name)))) {
    const [, pid] = NAME.exec(basename(path)) ?? [];
    if (pid === undefined || !isGone(Number(pid))) continue;
    try {
      rmdirSync(path);
    } catch {
      // The cgroup is still in use, or was removed by its guardian meanwhile.
    }
  }
}

/** Names in a folder, without a glob, since names of systemd's cgroups contain backslashes. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
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
