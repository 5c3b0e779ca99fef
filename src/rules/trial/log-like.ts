import type { TrialFacts } from "../../contract/trial-facts.ts";
import { LOG_NAME, LOG_STAMP, TOOL_LOG } from "../image/log-content.ts";
import { type Observed, observed } from "./observed.ts";

export const LOG_DIRECTORY = /\/logs?\//i;
/** Formats in which lines begin with a time, and are data. */
const DATA = /\.(?:csv|tsv|sql|ics|xml|html?|md|ya?ml|lock|pem|crt|pid|parquet|avro)$/i;
/** Who is logged in, as the system itself keeps it. */
const SYSTEM = /^\/var\/log\/(?:[wb]tmp|lastlog|faillog)$/;
/** Below this many, lines with a time are any text. */
const LINES = 2;

export interface LogFile {
  readonly path: string;
  /** Of what started the application. */
  readonly tool: boolean;
  /** Another container of the pod may have written it. */
  readonly unsure: boolean;
}

/** Files that grew and look like logs, each once; those without a name, too, which processes hold open. */
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

function isLog({ path, type, grew, sample, magic }: Observed<"write">): boolean {
  if (type !== "file" || grew <= 0 || SYSTEM.test(path)) return false;
  // LevelDB calls its journal 000003.log; rotated logs are compressed.
  if (sample === undefined && magic !== undefined) return /\.log[\w.-]{0,100}\.(?:gz|zst|bz2|xz)$/.test(path);
  if (LOG_DIRECTORY.test(path)) return !isPid(sample);
  if (LOG_NAME.test(path)) return !DATA.test(path);
  return sample !== undefined && !DATA.test(path) && isStamped(sample);
}

/** Programs keep temporary files, and what they share, without a name: only what reads like a log is one. */
function isOpenLog({ path, grew, sample }: Observed<"open-file">): boolean {
  if (grew <= 0 || sample === undefined) return false;
  return LOG_NAME.test(path) || LOG_DIRECTORY.test(path) || isStamped(sample);
}

function isPid(sample: string | undefined): boolean {
  return sample !== undefined && /^\s*\d{1,10}\s*$/.test(sample);
}

/** Most of its lines: a banner at the beginning, or the lines of a stack, make it no other file. */
function isStamped(sample: string): boolean {
  const lines = sample.split("\n").filter((line) => line.trim() !== "");
  // The last one may be cut.
  const whole = sample.endsWith("\n") ? lines : lines.slice(0, -1);
  const stamped = whole.filter((line) => LOG_STAMP.test(line)).length;
  return stamped >= LINES && stamped * 2 > whole.length;
}
