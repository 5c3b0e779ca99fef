import { deniedPath } from "./denied-writes.ts";
import { outputLines } from "./output-lines.ts";
import type { PhaseRun } from "./phase-run.ts";

/**
 * Lines that name no cause: stack frames, carets, fields of a printed error, paths of a tool's log, usage of
 * the program.
 */
const NOISE =
  /^(?:\s+at\s|\s*[\^~}{\])]+[;,]?$|\s*(?:errno|code|syscall|path|port|address|requireStack|cause|generatedMessage|actual|expected|operator)\s?[:=]|Node\.js v\d|node:|\s+File "|\s+(?:raise|throw|return)\b|\s*exception location|\s+\.\.\. \d+ (?:more|lines)|goroutine \d|\s*\(-\? gives usage\)|\s*usage\b|npm (?:err|warn|notice)|.{0,40}complete log of this run)/i;
/** Words of a fatal line: a type of error, or a level that ends a program. */
const FATAL =
  /\b(?:fatal|panic|emerg|emergency|crit|critical)\b|\b[A-Z]\w{0,60}(?:Error|Exception)\b|\bcaused by:/i;
/** Name of an error in C, such as EACCES. */
const ERRNO = /\bE[A-Z]{4,14}\b/;
const ERROR =
  /\berr(?:or)?s?\b|\bfail(?:ed|ure|s)?\b|\bcannot\b|\bcan't\b|\bcan not\b|\bcould not\b|\bcouldn't\b|\bunable\b|\bmissing\b|\brequired\b|\binvalid\b|\bnot found\b|\brefused\b|\bdenied\b|\bunknown\b|\bno such\b|\bundefined\b/i;

/**
 * Line that best explains the end of a run: a line that names a denied file, otherwise an error by type,
 * otherwise by words; of equally good lines, the last. Banners of runtimes are ignored.
 */
export function causeLine(run: Pick<PhaseRun, "observations">): string | undefined {
  return causeAmong(outputLines(run));
}

/** The best of these lines, without terminal control sequences. */
export function causeAmong(lines: readonly string[]): string | undefined {
  let best: { readonly line: string; readonly rank: number } | undefined;
  for (const line of lines) {
    const rank = rankOf(line);
    if (best === undefined || rank >= best.rank) best = { line, rank };
  }
  return best?.line.trim();
}

function rankOf(line: string): number {
  if (NOISE.test(line)) return 0;
  const path = deniedPath(line);
  if (path !== undefined) return 5;
  if (FATAL.test(line) || ERRNO.test(line)) return 4;
  return ERROR.test(line) ? 3 : 1;
}
