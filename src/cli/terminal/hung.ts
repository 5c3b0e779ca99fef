import { wrap } from "../../report/terminal.ts";
import type { Output } from "../process/context.ts";

/** Columns by which what goes on stands further in than its line. */
const HANGING = 4;

/** A line as a terminal has room for it, what goes on further in; as one line in a log, to be found. */
export function hung(line: string, { isTTY, columns }: Pick<Output, "isTTY" | "columns">): string {
  if (!isTTY || columns === undefined || line.length <= columns) return line;
  const text = line.trimStart();
  const margin = " ".repeat(Math.min(line.length - text.length, HANGING));
  const lines = wrap(text, columns - margin.length - HANGING);
  return lines.map((part, index) => `${margin}${index === 0 ? "" : " ".repeat(HANGING)}${part}`).join("\n");
}
