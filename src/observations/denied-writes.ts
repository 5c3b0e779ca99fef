import type { TrialFacts } from "../contract/trial-facts.ts";
import { LOG_NAME, TOOL_LOG } from "./log-content.ts";
import { LOG_DIRECTORY } from "./log-like.ts";
import { contains } from "./needed-mounts.ts";
import { LONGEST_LINE, outputLines } from "./output-lines.ts";
import type { PhaseRun } from "./phase-run.ts";
import { relativePath } from "./relative-path.ts";

/** Denied write, found in the application's output, because file systems keep no trace of it. */
export interface DeniedWrite {
  readonly path: string;
  /** The whole line of output. */
  readonly line: string;
}

/** Errors that only writes cause. */
const READ_ONLY = /EROFS|read-only file ?system/i;
/** Errors that reading, calling and starting cause, too. */
const DENIED = /EACCES|EPERM|permission denied|operation not permitted/i;
const ABSENT = /ENOENT|no such file or directory/i;
const UNOPENED = /\b(?:unable to|cannot|can't|can not|could not|couldn't|failed to) (?:open|create|write)\b/i;
/** Words for write operations. */
const WRITING =
  /\b(?:mkdir|creat(?:e|ing)?|writ(?:e|ing|able)|unlink|rm|remove|rename|chown|chmod|symlink|touch|append|truncate|mktemp|mkstemp|lock|save|pid ?file|log ?file)\b/i;
const READING = /\bfor reading\b|\bread(?:ing)? (?:from|file)\b|^tail: /i;
/** Names of files that only running programs create. */
const WRITTEN = /\.(?:pid|lock|sock|tmp|swp)$|\/tmp[\w.]{6,12}$/i;
/** A Node error: `EROFS: read-only file system, open '/x'`. */
const CODE_FIRST = /\bE(?:ROFS|ACCES|PERM|NOENT): /;
const PATH = /(?<![^\s"'`(=:[<])\/(?!\/)[^\s"'`():,;<>[\]]{1,1000}/g;
/** Paths outside the image's file system: devices and files of the kernel. */
const KERNEL = /^\/(?:dev|proc|sys)(?:\/|$)/;

/**
 * Denied writes to the root file system in a run, each path once; paths in `mounts` are left out, and a
 * relative path is resolved against `cwd`.
 */
export function deniedWrites(
  run: PhaseRun,
  { mounts, cwd }: Pick<TrialFacts, "mounts" | "cwd">,
): readonly DeniedWrite[] {
  return distinct(
    linesOf(run).flatMap((line) => {
      const path = deniedPath(line, cwd);
      return path === undefined || mounts.some((mount) => contains(mount, path)) ? [] : [{ path, line }];
    }),
  );
}

/** Path of a denied write in a line. @param cwd working directory for relative paths */
export function deniedPath(line: string, cwd = "/"): string | undefined {
  if (!READ_ONLY.test(line) && !(DENIED.test(line) && !READING.test(line))) return undefined;
  const path = pathIn(line) ?? relativePath(line, cwd);
  if (path === undefined || KERNEL.test(path)) return undefined;
  const writes = READ_ONLY.test(line) || WRITING.test(line) || WRITTEN.test(path) || isLogPath(path);
  return writes ? path : undefined;
}

/** Files that a run could not read or execute, each once: files of the image that belong to another user. */
export function deniedReads(run: PhaseRun): readonly string[] {
  const lines = linesOf(run).filter((line) => DENIED.test(line) && deniedPath(line) === undefined);
  const paths = lines.flatMap((line) => pathIn(line) ?? []);
  return [...new Set(paths)].filter((path) => !KERNEL.test(path));
}

/** Log files that a run could not open, each once: an attempt proves that the application logs to files. */
export function deniedLogs(run: PhaseRun, { cwd }: Pick<TrialFacts, "cwd">): readonly DeniedWrite[] {
  return distinct(
    linesOf(run).flatMap((line) => {
      const failed = [READ_ONLY, DENIED, ABSENT, UNOPENED].some((pattern) => pattern.test(line));
      if (!failed || READING.test(line)) return [];
      const path = pathIn(line) ?? relativePath(line, cwd);
      return path !== undefined && isLogPath(path) ? [{ path, line }] : [];
    }),
  );
}

/** Paths that a run reported as missing, each once. */
export function absentPaths(run: PhaseRun): readonly string[] {
  const lines = linesOf(run).filter((line) => ABSENT.test(line));
  return [...new Set(lines.flatMap((line) => pathIn(line) ?? []))];
}

/** Whether a path looks like one of the application's logs. */
export function isLogPath(path: string): boolean {
  return (LOG_NAME.test(path) || LOG_DIRECTORY.test(path)) && !TOOL_LOG.test(path) && !KERNEL.test(path);
}

/** Path that the error refers to: the path next to the error's words, before or after them depending on the format. */
function pathIn(line: string): string | undefined {
  const at = [READ_ONLY, DENIED, ABSENT, UNOPENED]
    .map((pattern) => line.search(pattern))
    .filter((index) => index >= 0);
  const error = Math.min(...at);
  const paths = [...line.matchAll(PATH)];
  const before = paths.filter(({ index }) => index < error);
  const after = paths.filter(({ index }) => index > error);
  const found = CODE_FIRST.test(line) ? (after[0] ?? before.at(-1)) : (before.at(-1) ?? after[0]);
  return found?.[0].replace(/[.!]$/, "");
}

function linesOf(run: PhaseRun): readonly string[] {
  return outputLines(run)
    .filter((line) => line.length < LONGEST_LINE)
    .map((line) => line.trim());
}

function distinct(denied: readonly DeniedWrite[]): readonly DeniedWrite[] {
  return [...new Map(denied.toReversed().map((one) => [one.path, one])).values()].toReversed();
}
