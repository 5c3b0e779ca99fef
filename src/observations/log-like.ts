import type { TrialFacts } from "../contract/trial-facts.ts";
import { LOG_NAME, TOOL_LOG } from "./log-content.ts";
import { isLogLine, isStampedLine } from "./log-stamp.ts";
import { type Observed, observed } from "./observed.ts";

export const LOG_DIRECTORY = /\/logs?\//i;
/** Formats of data, whose lines may begin with a time, too. */
const DATA = /\.(?:csv|tsv|sql|ics|xml|html?|md|ya?ml|pem|crt|parquet|avro)$/i;
/** Login records of the system itself. */
const SYSTEM = /^\/var\/log\/(?:[wb]tmp|lastlog|faillog)$/;
/** Names of files that hold a program's redirected output. */
const OUTPUT_NAME = /\/(?:nohup|catalina|stdout|stderr)\.out$|\/[\w.-]{1,100}\.(?:err|stdout|stderr)$/;
/** Minimum number of lines with a time in a log. */
const LINES = 2;

export interface LogFile {
  readonly path: string;
  /** Whether the log belongs to a tool that started the application. */
  readonly tool: boolean;
  /** Whether another container of the pod may have written the log. */
  readonly unsure: boolean;
}

/** Files that grew and look like logs, each once, including unlinked files that processes hold open. */
export function logLikeFiles(trial: TrialFacts): readonly LogFile[] {
  const logs = Map.groupBy(observed(trial.observations, "write").filter(isLog), ({ path }) => path);
  const open = observed(trial.observations, "open-file").filter(isOpenLog);
  return [
    ...[...logs].map(([path, writes]) => ({
      path,
      tool: TOOL_LOG.test(path),
      unsure: writes.every(({ unsure }) => unsure === true),
    })),
    ...[...new Set(open.map(({ path }) => path))].map((path) => ({ path, tool: false, unsure: false })),
  ];
}

/**
 * Paths of files that grew by whole lines with the requests and have not the form of a log, whatever their names
 * promise: an export is written as a whole, or removed.
 */
export function unknownLines(trial: TrialFacts): readonly string[] {
  const logs = new Set(logLikeFiles(trial).map(({ path }) => path));
  const written = observed(trial.observations, "write")
    .filter(({ path, added }) => added !== undefined && !SYSTEM.test(path))
    .map(({ path }) => path);
  const open = observed(trial.observations, "open-file")
    .filter(({ atWork, sample = "" }) => atWork === true && linesOf(sample).length >= LINES)
    .map(({ path }) => path);
  return [...new Set([...written, ...open])].filter((path) => !logs.has(path));
}

function isLog({ path, type, grew, sample, magic, added }: Observed<"write">): boolean {
  if (type !== "file" || SYSTEM.test(path)) return false;
  if (added !== undefined && !DATA.test(path) && hasLogLines(added)) return true;
  if (grew <= 0 && added === undefined) return false;
  // A name proves nothing: LevelDB calls its journal 000003.log. Rotated logs are compressed.
  if (sample === undefined && magic !== undefined) return /\.log[\w.-]{0,100}\.(?:gz|zst|bz2|xz)$/.test(path);
  if (LOG_DIRECTORY.test(path)) return !isPid(sample);
  if (LOG_NAME.test(path)) return !DATA.test(path);
  if (OUTPUT_NAME.test(path)) return sample !== undefined;
  return sample !== undefined && !DATA.test(path) && isStamped(sample);
}

/**
 * Whether an unlinked or memory file is a log, judged only by content, since programs use these files for
 * other purposes, too.
 */
function isOpenLog({ path, grew, sample }: Observed<"open-file">): boolean {
  if (grew <= 0 || sample === undefined) return false;
  return LOG_NAME.test(path) || LOG_DIRECTORY.test(path) || OUTPUT_NAME.test(path) || isStamped(sample);
}

/** Whether at least half of the added lines are log lines; the rest may be stack traces. */
function hasLogLines(added: string): boolean {
  const lines = linesOf(added);
  return lines.filter(isLogLine).length * 2 >= lines.length;
}

function isPid(sample: string | undefined): boolean {
  return sample !== undefined && /^\s*\d{1,10}\s*$/.test(sample);
}

/** Whether the majority of lines have a time; a banner or a stack trace may be among them. */
function isStamped(sample: string): boolean {
  const whole = linesOf(sample);
  const stamped = whole.filter(isStampedLine).length;
  return stamped >= LINES && stamped * 2 > whole.length;
}

/** Lines without empty lines and without the last line, which may be cut. */
function linesOf(sample: string): readonly string[] {
  const lines = sample.split("\n").filter((line) => line.trim() !== "");
  return sample.endsWith("\n") ? lines : lines.slice(0, -1);
}
