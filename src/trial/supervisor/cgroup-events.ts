import { globSync, readFileSync } from "node:fs";

/** Which limits of its cgroup a container hit: cgroup v1, v2 and hybrid. */
export class CgroupEvents {
  readonly #memory: readonly string[];
  readonly #processes: readonly string[];

  constructor(name: string | undefined) {
    const folders =
      name === undefined ? [] : globSync([`/sys/fs/cgroup/${name}`, `/sys/fs/cgroup/*/${name}`]);
    this.#memory = folders.flatMap((folder) => [`${folder}/memory.events`, `${folder}/memory.oom_control`]);
    this.#processes = folders.map((folder) => `${folder}/pids.events`);
  }

  /** The kernel killed something of it for its memory. */
  get outOfMemory(): boolean {
    return this.#memory.some((file) => /^oom_kill [1-9]/m.test(read(file)));
  }

  /** It was refused a process or thread. */
  get outOfProcesses(): boolean {
    return this.#processes.some((file) => /^max [1-9]/m.test(read(file)));
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
