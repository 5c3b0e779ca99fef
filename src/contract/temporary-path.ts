/** Caches, temporary folders, and programs' own data: NSS, fontconfig, package managers. */
const TEMPORARY =
  /^\/(?:tmp|var\/tmp|dev|run)\/|[/._-]caches?[/._-]|\/\.(?:cache|pki|mozilla|config)\/|\/(?:cert9|key4|pkcs11)\.db$|\/Thumbs\.db$|^\/var\/(?:lib\/(?:rpm|dnf|apt|dpkg)|cache)\//i;
/** Files of a process, not of the application. */
const PROCESS_FILE = /\.(?:pid|lock|lck|sock)$|\/(?:LOCK|lockfile)$|^\/var\/run\//i;
/** Files that a program derives from its own code. */
const DERIVED = /\/__pycache__\/|\.pyc$/;

/** Whether the path is meant for data that may be lost. */
export function isTemporary(path: string): boolean {
  return TEMPORARY.test(path);
}

/** Whether a written file may be state: not a cache, not a process's file, not derived from code. */
export function mayBeState(path: string): boolean {
  return !PROCESS_FILE.test(path) && !isTemporary(path) && !DERIVED.test(path);
}
