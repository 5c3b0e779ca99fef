/** Folders that the platform gives for data that may be lost. */
const TEMPORARY = /^\/(?:tmp|var\/tmp|dev|run|var\/run)\//i;
/** Names of caches, and of programs' own data: NSS, fontconfig, package managers. */
const CACHE =
  /[/._-]caches?[/._-]|\/\.(?:cache|pki|mozilla|config)\/|\/(?:cert9|key4|pkcs11)\.db$|\/Thumbs\.db$|^\/var\/(?:lib\/(?:rpm|dnf|apt|dpkg)|cache)\//i;
/** Names of files of a process, and of files that a program derives from its own code. */
const PROCESS_FILE = /\.(?:pid|lock|lck|sock)$|\/(?:LOCK|lockfile)$|\/__pycache__\/|\.pyc$/i;

/** What a file's name promises of its content: a cache, or a file of one process. Behaviour may refute it. */
export type DisposableName = "cache" | "process";

/** What the path's name promises; undefined for a name that promises nothing. */
export function disposableName(path: string): DisposableName | undefined {
  if (PROCESS_FILE.test(path)) return "process";
  return CACHE.test(path) ? "cache" : undefined;
}

/** Whether the path lies where the platform keeps data that may be lost. */
export function isTemporaryPlace(path: string): boolean {
  return TEMPORARY.test(path);
}

/** Whether the path is meant for data that may be lost, by its place or as a cache by its name. */
export function isTemporary(path: string): boolean {
  return isTemporaryPlace(path) || disposableName(path) === "cache";
}

/** Whether neither the place nor the name of a written file promises that it may be lost. */
export function mayBeState(path: string): boolean {
  return !isTemporaryPlace(path) && disposableName(path) === undefined;
}
