import { posix } from "node:path";
import { baseName } from "../../contract/base-name.ts";
import type { ImageTree } from "../../contract/image-tree.ts";
import type { RootFs } from "../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../image/tar/path.ts";
import { leadsThroughKernel } from "../../trial/rootfs/kernel-paths.ts";

const MOUNTED = ["/proc", "/sys", "/dev"];
/** Placeholder files that keep a folder in git, and default files of a home. */
const PLACEHOLDER = /^\.(?:git)?keep$|^\.placeholder$/;
const HOME = /^\.(?:bashrc|bash_logout|profile|cshrc|tcshrc)$/;
/** Folders emptied at boot or filled by the build; applications do not rely on their content. */
const RUNTIME = /^\/(?:run|var\/log)\//;
/** Log files, which packages create empty for the daemon that writes them. */
const LOG = /\.log$/;

export function imageTree(rootFs: RootFs, uid: number): ImageTree {
  let holding: ReadonlySet<string> | undefined;
  return {
    real: (path) => (leadsThroughKernel(rootFs, path, MOUNTED) ? undefined : realPath(rootFs, path)),
    isDirectory: (path) => {
      const file = rootFs.resolve(path);
      return file === undefined ? undefined : file.type === "directory";
    },
    holdsFiles: (directory) => {
      holding ??= directoriesWithFiles(rootFs);
      return holding.has(directory);
    },
    isOwned: (directory) => rootFs.resolve(directory)?.uid === uid,
  };
}

/**
 * Resolves a path whose last segments may not exist: the deepest existing folder is resolved, the rest
 * appended.
 */
function realPath(rootFs: RootFs, path: string): string {
  const missing: string[] = [];
  for (let at = posix.normalize(path); at !== "/" && at !== ""; at = posix.dirname(at)) {
    const found = rootFs.resolve(at);
    if (found !== undefined) return posix.join(found.path, ...missing);
    missing.unshift(baseName(at));
  }
  return posix.join("/", ...missing);
}

function directoriesWithFiles(rootFs: RootFs): ReadonlySet<string> {
  const holding = new Set<string>();
  const files = rootFs.select(({ type }) => (type === "directory" ? undefined : type));
  for (const { file } of files) {
    if (isNeedless(file) || RUNTIME.test(file.path)) continue;
    for (let at = directoryOf(file.path); at !== "" && !holding.has(at); at = directoryOf(at))
      holding.add(at);
  }
  return holding;
}

function isNeedless({
  path,
  type,
  size,
}: {
  readonly path: string;
  readonly type: string;
  readonly size: number;
}): boolean {
  const name = baseName(path);
  if (type !== "file") return false;
  return HOME.test(name) || (size === 0 && (PLACEHOLDER.test(name) || LOG.test(name)));
}
