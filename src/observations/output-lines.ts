import { stripVTControlCharacters } from "node:util";
import { observed } from "./observed.ts";
import type { PhaseRun } from "./phase-run.ts";

/** Maximum number of characters of a line; longer lines are cut, since they are not messages. */
export const LONGEST_LINE = 2_000;

/** Output of a run by line, stdout before stderr, without colours and empty lines. */
export function outputLines({ observations }: Pick<PhaseRun, "observations">): readonly string[] {
  return observed(observations, "output")
    .toSorted((a, b) => b.stream.localeCompare(a.stream))
    .flatMap(({ sample }) => linesOf(sample));
}

/** Lines of a text, in the same way. */
export function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => stripVTControlCharacters(line.slice(0, LONGEST_LINE)).trimEnd())
    .filter((line) => line !== "");
}
