import { closeSync, openSync } from "node:fs";
import { baseName } from "../../contract/base-name.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { RootFs } from "../../image/rootfs/root-fs.ts";
import { directoryOf, normalizePath } from "../../image/tar/path.ts";
import { diskPath } from "./disk-path.ts";
import { makeDirectory } from "./made-directories.ts";

export interface MountPoint {
  /** Path in the container, absolute. */
  readonly path: string;
  readonly type: "directory" | "file";
}

/** Mount points of every container, besides those of its pod and volumes. */
export const STANDARD_MOUNT_POINTS: readonly MountPoint[] = [
  ...["/proc", "/dev", "/sys"].map((path) => ({ path, type: "directory" as const })),
  ...["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"].map((path) => ({ path, type: "file" as const })),
];

/**
 * Creates mount points that the image lacks in `root`, a new directory that becomes the top layer. Otherwise,
 * the runtime would create them, which would look like a write of the application. The image's links are
 * followed within the image, as in the runtime.
 *
 * @param root absolute, with an existing parent
 */
export function makeMountPoints(root: string, rootFs: RootFs, points: readonly MountPoint[]): void {
  makeDirectory(root, rootFs, "/");
  for (const { path, type } of points) {
    if (rootFs.resolve(path) !== undefined) continue;
    const place = placeOf(rootFs, normalizePath(path));
    if (place === undefined) continue;
    if (type === "directory") makeDirectory(root, rootFs, place);
    else makeFile(root, rootFs, place);
  }
}

/**
 * Path at which a missing file would be created, with links resolved; undefined if the way leads through a
 * file or a cycle.
 */
function placeOf(rootFs: RootFs, path: string): string | undefined {
  let rest = path;
  for (let links = 0; links <= LIMITS.symlinks; links++) {
    const { existing, missing } = split(rootFs, rest);
    if (existing.type !== "directory") return undefined;
    const [first = "", ...others] = missing;
    const dangling = rootFs.lookUp(`${existing.path}/${first}`);
    if (dangling?.link === undefined) return normalizePath(`${existing.path}/${missing.join("/")}`);
    const from = dangling.link.startsWith("/") ? "" : existing.path;
    rest = normalizePath(`${from}/${dangling.link}/${others.join("/")}`);
  }
  return undefined;
}

/** The deepest existing directory of a path, with links followed, and the remaining names. */
function split(rootFs: RootFs, path: string) {
  const missing: string[] = [];
  for (let prefix = path; prefix !== ""; prefix = directoryOf(prefix)) {
    const existing = rootFs.resolve(prefix);
    if (existing !== undefined) return { existing, missing };
    missing.unshift(baseName(prefix));
  }
  return { existing: { path: "", type: "directory" as const }, missing };
}

function makeFile(root: string, rootFs: RootFs, path: string): void {
  makeDirectory(root, rootFs, directoryOf(path));
  closeSync(openSync(diskPath(root, path), "a", 0o644));
}
