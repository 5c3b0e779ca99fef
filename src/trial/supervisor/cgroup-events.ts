import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MOUNT = "/sys/fs/cgroup";

/** Limits of its cgroup that a container reached, for cgroups of version 1, version 2 and hybrid. */
export class CgroupEvents {
  readonly #memory: readonly string[];
  readonly #processes: readonly string[];

  constructor(name: string | undefined) {
    const folders = name === undefined ? [] : cgroupFolders(name);
    this.#memory = folders.flatMap((folder) => [`${folder}/memory.events`, `${folder}/memory.oom_control`]);
    this.#processes = folders.map((folder) => `${folder}/pids.events`);
  }

  /** Whether the kernel killed a process of the container for lack of memory. */
  get outOfMemory(): boolean {
    return this.#memory.some((file) => /^oom_kill [1-9]/m.test(read(file)));
  }

  /** Whether the kernel refused a new process or thread. */
  get outOfProcesses(): boolean {
    return this.#processes.some((file) => /^max [1-9]/m.test(read(file)));
  }
}

/**
 * Folders of a cgroup: one folder in version 2, one per controller in version 1. A glob is not used, since
 * names of systemd's cgroups contain backslashes.
 */
export function cgroupFolders(name: string): readonly string[] {
  const mounts = [MOUNT, ...readdirSync(MOUNT).map((entry) => join(MOUNT, entry))];
  return mounts.map((mount) => join(mount, name)).filter((folder) => existsSync(folder));
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
