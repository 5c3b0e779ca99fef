import type { WriteEvent } from "../contract/trial-events.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { deniedLogs, deniedWrites, isLogPath } from "./denied-writes.ts";
import { LOG_DIRECTORY, logLikeFiles } from "./log-like.ts";
import { contains } from "./needed-mounts.ts";
import { observed } from "./observed.ts";
import { phaseRun } from "./phase-run.ts";

/**
 * Mounts of the trial that received only logs. The application needed these mounts to start during the trial, but they
 * are not a remedy: the row on logs refuses log files.
 */
export function logMounts(trial: TrialFacts, tried: readonly string[]): readonly string[] {
  const isLog = logTest(trial);
  const paths = [...filesWritten(trial), ...filesDenied(trial)];
  return tried.filter((mount) => {
    const own = paths.filter((path) => contains(mount, path));
    return own.length === 0 ? LOG_DIRECTORY.test(`${mount}/`) : own.every(isLog);
  });
}

/** Whether only logs were written. */
export function areLogs(trial: TrialFacts, writes: readonly WriteEvent[]): boolean {
  const isLog = logTest(trial);
  const files = writes.filter(isFile);
  return files.length > 0 && files.every(({ path }) => isLog(path));
}

function logTest(trial: TrialFacts): (path: string) => boolean {
  const logs = new Set(logLikeFiles(trial).map(({ path }) => path));
  return (path) => logs.has(path) || isLogPath(path);
}

function filesWritten({ observations }: TrialFacts): readonly string[] {
  return observed(observations, "write")
    .filter(isFile)
    .map(({ path }) => path);
}

function filesDenied(trial: TrialFacts): readonly string[] {
  return (["read-only", "writable", "tried"] as const).flatMap((name) => {
    const run = phaseRun(trial, name);
    return [...deniedWrites(run, trial), ...deniedLogs(run, trial)].map(({ path }) => path);
  });
}

function isFile({ type, change }: WriteEvent): boolean {
  return type !== "directory" && change !== "deleted";
}
