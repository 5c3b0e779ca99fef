import type { OutputEvent } from "../../contract/trial-events.ts";
import { truncateAtWord } from "../../contract/truncate-at-word.ts";

const [LINES, CHARACTERS] = [10, 300];

/** Last lines of a program's output, preferably of stderr, cut to a length. */
export function stderrTail(outputs: readonly OutputEvent[]): string {
  const streams = outputs.toSorted((a, b) => a.stream.localeCompare(b.stream));
  for (const { sample } of streams) {
    const lines = sample.split("\n").map((line) => line.trim());
    const last = lines.filter((line) => line !== "").slice(-LINES);
    if (last.length > 0) return last.map((line) => truncateAtWord(line, CHARACTERS)).join("\n");
  }
  return "";
}
