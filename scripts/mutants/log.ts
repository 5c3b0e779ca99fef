import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a test file came across, as a line of the log. */
export interface LoggedFile {
  readonly file: string;
  readonly seen: readonly number[];
  /** Asked for while the modules and the test file itself were loaded. */
  readonly loaded: readonly number[];
  /** Tests that fail without any mutant. */
  readonly failed: readonly string[];
}

export function loggedIn(folder: string): readonly LoggedFile[] {
  return linesOf(join(folder, "log")).map((line) => JSON.parse(line) as LoggedFile);
}

export function killedIn(folder: string): readonly number[] {
  return linesOf(join(folder, "killed")).map(Number);
}

function linesOf(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}
