import { chmodSync, existsSync, lchownSync, mkdirSync } from "node:fs";
import type { RootFs } from "../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../image/tar/path.ts";
import { diskPath } from "./disk-path.ts";
import { ownership } from "./user-namespace-ids.ts";

const NEW = { mode: 0o755, uid: 0, gid: 0 };

/**
 * Creates a folder and its parents below `root`, the image's top layer, with the modes and owners that they
 * have in the image, so that nothing appears changed.
 *
 * @param path absolute, without links
 */
export function makeDirectory(root: string, rootFs: RootFs, path: string): void {
  const disk = diskPath(root, path === "" ? "/" : path);
  if (existsSync(disk)) return;
  if (path !== "" && path !== "/") makeDirectory(root, rootFs, directoryOf(path));
  const { mode, uid, gid } = rootFs.lookUp(path) ?? NEW;
  mkdirSync(disk, 0o700);
  ownership().apply({ uid, gid }, (user, group) => lchownSync(disk, user, group));
  chmodSync(disk, mode);
}
