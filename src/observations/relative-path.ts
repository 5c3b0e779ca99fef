import { posix } from "node:path";

/**
 * Error of the operating system rather than of a database: it has a number or a name, or ends the message.
 */
const OF_SYSTEM =
  /\bE(?:ROFS|ACCES|PERM|NOENT)\b|\[Errno \d+\]|(?:permission denied|operation not permitted|read-only file ?system)\)?\.?$/i;
/** A quoted path in a message: `'cache'`, `‘out/x’`. */
const QUOTED = /(?<=['"`‘])[\w.@+%~-][\w.@+%~/-]{0,1000}(?=['"`’])/g;
/** Unquoted path after its operation, as in messages of a shell, Go and Java. */
const BARE =
  /(?<=\b(?:mkdir|create|touch|open|unlink|remove|rename|chmod|chown|FileNotFoundException:) )[\w.@+%~-][\w.@+%~/-]{0,1000}(?=: | \()/g;

/** Absolute path for the relative path in an error's line; undefined if there is none. */
export function relativePath(line: string, cwd: string): string | undefined {
  if (!OF_SYSTEM.test(line)) return undefined;
  const path = [...line.matchAll(QUOTED)].at(-1) ?? [...line.matchAll(BARE)].at(-1);
  return path === undefined ? undefined : posix.resolve("/", cwd, path[0]);
}
