import { readEvents } from "./cgroup-folders.ts";

/** Files with the number of OOM kills: in cgroups of version 2, and of version 1. */
export function oomFiles(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => [`${folder}/memory.events`, `${folder}/memory.oom_control`]);
}

/** Whether the kernel's OOM killer ended a process of a cgroup. */
export function isOomKilled(files: readonly string[]): boolean {
  return files.some((file) => /^oom_kill [1-9]/m.test(readEvents(file)));
}
