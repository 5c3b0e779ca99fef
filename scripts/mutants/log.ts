import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Result of a test file, as a line of the log. */
export interface LoggedFile {
  readonly file: string;
  /** Mutants that a test or the loading of a module asked for. */
  readonly met: readonly number[];
  /** Mutants with which a test was run. */
  readonly tried: readonly number[];
  /** Mutants that a test was not run with, as their time was spent. */
  readonly skipped: readonly number[];
  /** Tests that fail without any mutant, at once or on repetition, and so prove nothing. */
  readonly failed: readonly string[];
  readonly seconds: number;
}

/** A test failed, or had no end. */
export type Fate = "killed" | "late";

export function logFile(folder: string, file: LoggedFile): void {
  appendFileSync(join(folder, "log"), `${JSON.stringify(file)}\n`);
}

export function loggedIn(folder: string): readonly LoggedFile[] {
  return linesOf(join(folder, "log")).map((line) => JSON.parse(line) as LoggedFile);
}

export function logFate(folder: string, mutant: number, fate: Fate): void {
  appendFileSync(join(folder, "fates"), `${mutant} ${fate}\n`);
}

export function fatesIn(folder: string): ReadonlyMap<number, Fate> {
  const pairs = linesOf(join(folder, "fates")).map((line) => line.split(" "));
  return new Map(pairs.map(([id, fate]) => [Number(id), fate as Fate]));
}

function linesOf(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}
