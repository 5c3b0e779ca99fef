import { posix } from "node:path";

/** An error of the system's, not of a database's: with its number or name, or at the end of what was tried. */
const OF_SYSTEM =
  /\bE(?:ROFS|ACCES|PERM|NOENT)\b|\[Errno \d+\]|(?:permission denied|operation not permitted|read-only file ?system)\)?\.?$/i;
/** As messages quote one: `'cache'`, `‘out/x’`. */
const QUOTED = /(?<=['"`‘])[\w.@+%~-][\w.@+%~/-]{0,1000}(?=['"`’])/g;
/** As a shell, Go and Java write it: what was tried, the path, the error. */
const BARE =
  /(?<=\b(?:mkdir|create|touch|open|unlink|remove|rename|chmod|chown|FileNotFoundException:) )[\w.@+%~-][\w.@+%~/-]{0,1000}(?=: | \()/g;

/** The path that a line of an error names relative to the working directory, made absolute; undefined: it names none. */
export function relativePath(line: string, cwd: string): string | undefined {
  if (!OF_SYSTEM.test(line)) return undefined;
  const path = [...line.matchAll(QUOTED)].at(-1) ?? [...line.matchAll(BARE)].at(-1);
  return path === undefined ? undefined : posix.resolve("/", cwd, path[0]);
}
