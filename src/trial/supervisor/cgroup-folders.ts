import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MOUNT = "/sys/fs/cgroup";

/**
 * Folders of a cgroup: one folder in version 2, one per controller in version 1. A glob is not used, since
 * names of systemd's cgroups contain backslashes.
 */
export function cgroupFolders(name: string): readonly string[] {
  const mounts = [MOUNT, ...readdirSync(MOUNT).map((entry) => join(MOUNT, entry))];
  return mounts.map((mount) => join(mount, name)).filter((folder) => existsSync(folder));
}

/** Content of an event file of a cgroup; "" if the kernel or the cgroup's version lacks the file. */
export function readEvents(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
