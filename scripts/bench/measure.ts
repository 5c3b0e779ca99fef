import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { benchDirectory } from "./cache.ts";
import { BenchError } from "./run.ts";
import { type Statistics, statisticsOf } from "./statistics.ts";

/** A command to be measured. */
export interface Subject {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes of a run that did its work. */
  readonly exits: readonly number[];
  /** Done before every run, and not measured. */
  prepare?(): void;
  /** Throws when the run did not do its work. */
  verify?(stdout: string): void;
}

export interface Measurement {
  /** Milliseconds from start to exit. */
  readonly wall: Statistics;
  /** The same of every run, by round. */
  readonly walls: readonly number[];
  /** Bytes of resident memory at the peak. */
  readonly memory: Statistics;
}

interface Run {
  readonly wall: number;
  readonly memory: number;
}

/**
 * Runs the subjects in turn, so that other load of the machine affects all alike. The first round fills the
 * page cache (and the subjects' own caches) and does not count.
 *
 * @param runs rounds that count, at least 1
 * @returns by the subjects' names
 */
export function measure(subjects: readonly Subject[], runs: number): ReadonlyMap<string, Measurement> {
  for (const subject of subjects) runOnce(subject);
  const seen = new Map(subjects.map(({ name }): [string, Run[]] => [name, []]));
  for (let round = 1; round <= runs; round++) {
    process.stderr.write(`bench: round ${round} of ${runs}\n`);
    for (const subject of subjects) seen.get(subject.name)?.push(runOnce(subject));
  }
  return new Map([...seen].map(([name, list]) => [name, summary(list)]));
}

/** Median of the rounds' ratios, in which a temporary slowdown of the machine cancels out. */
export function ratioOf({ walls }: Measurement, base: Measurement): number {
  return statisticsOf(walls.map((wall, round) => wall / (base.walls[round] ?? Number.NaN))).median;
}

function summary(runs: readonly Run[]): Measurement {
  const walls = runs.map(({ wall }) => wall);
  return { wall: statisticsOf(walls), walls, memory: statisticsOf(runs.map(({ memory }) => memory)) };
}

/**
 * Runs through time(1), which has few pages: a direct child of this process would start with our own peak of
 * memory.
 */
function runOnce(subject: Subject): Run {
  subject.prepare?.();
  const record = join(benchDirectory(), "time");
  const env = { ...process.env, ...subject.env };
  const start = performance.now();
  const { status, signal, stdout, stderr, error } = spawnSync(
    "time",
    ["--quiet", "--format", "%M", "--output", record, ...subject.command],
    { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 * 1024 ** 2 },
  );
  const wall = performance.now() - start;
  if (error !== undefined) throw new BenchError(`time(1) could not start: ${error.message}`);
  if (status === null || !subject.exits.includes(status)) {
    throw new BenchError(`${subject.name} ended with ${signal ?? `exit code ${status}`}:\n${stderr}`);
  }
  subject.verify?.(stdout);
  return { wall, memory: Number(readFileSync(record, "utf8")) * 1024 };
}
