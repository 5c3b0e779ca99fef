/**
 * Absolute path for a tar's path in the root where the tar is unpacked: `./etc//passwd/` is `/etc/passwd`,
 * and `..` never leaves the root, as in containerd (filepath.Clean, fs.RootPath).
 */
export function normalizePath(path: string): string {
  if (IS_PLAIN.test(path)) return `/${path}`;
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") kept.pop();
    else if (part !== "" && part !== ".") kept.push(part);
  }
  return `/${kept.join("/")}`;
}

/**
 * A path that needs no normalisation: no leading, trailing or double slash, no segment that begins with a
 * dot.
 */
const IS_PLAIN = /^[^/.][^/]*(?:\/[^/.][^/]*)*$/;

/** Folder of a path: `/etc` for `/etc/passwd`; "" for the root. */
export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
