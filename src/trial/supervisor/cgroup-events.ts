import { cgroupFolders, readEvents } from "./cgroup-folders.ts";
import { isOomKilled, oomFiles } from "./oom-kill.ts";

/** Limits of its cgroup that a container reached, for cgroups of version 1, version 2 and hybrid. */
export class CgroupEvents {
  readonly #memory: readonly string[];
  readonly #processes: readonly string[];

  constructor(name: string | undefined) {
    const folders = name === undefined ? [] : cgroupFolders(name);
    this.#memory = oomFiles(folders);
    this.#processes = folders.map((folder) => `${folder}/pids.events`);
  }

  /** Whether the kernel killed a process of the container for lack of memory. */
  get outOfMemory(): boolean {
    return isOomKilled(this.#memory);
  }

  /** Whether the kernel refused a new process or thread. */
  get outOfProcesses(): boolean {
    return this.#processes.some((file) => /^max [1-9]/m.test(readEvents(file)));
  }
}
