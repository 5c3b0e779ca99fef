import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  rmdirSync,
  statfsSync,
  writeFileSync,
} from "node:fs";

const MOUNT = "/sys/fs/cgroup";
/** statfs(2): what /sys/fs/cgroup is where version 2 stands alone; it is a tmpfs where version 1 has controllers. */
const CGROUP2_SUPER_MAGIC = 0x63677270;
/** Limits of a container are theirs: resources.limits of a manifest may name each of them. */
const CONTROLLERS = ["cpu", "memory", "pids"] as const;

/** Whether cgroups can be made where the runtime makes them for root, with the controllers that limits need. */
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
 * Version 2: whether processes of ours can be moved below this cgroup, and limited there. Its
 * controllers must be handed down; where they are not yet, they can only be when no process is in
 * it, which the kernel sees to (the root is excepted, but not what a container takes for it).
 *
 * @param path below the mount, `/a/b`; the empty one is the root
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

/** This process's own cgroup of version 2, `/a/b`; undefined where it has none. */
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
