import { lstatSync } from "node:fs";
import { dirname } from "node:path";

/** User and group that PostgreSQL runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody`, with the number that Debian, Alpine and Red Hat assign. */
const NOBODY: ServerUser = { uid: 65_534, gid: 65_534 };

/**
 * User of the server if the process runs as root, since PostgreSQL refuses to run as root; undefined
 * otherwise.
 */
export function serverUser(): ServerUser | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined;
}

/** First folder on a path that a user may not enter; undefined if there is none. */
export function closedFolder(path: string, { uid, gid }: ServerUser): string | undefined {
  const above = dirname(path);
  const closed = above === path ? undefined : closedFolder(above, { uid, gid });
  if (closed !== undefined) return closed;
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory() !== true) return undefined;
  const bit = status.uid === uid ? 0o100 : status.gid === gid ? 0o010 : 0o001;
  return (status.mode & bit) === 0 ? path : undefined;
}
