import { wrap } from "../../report/terminal.ts";
import type { Output } from "../process/context.ts";

/** Indentation of continuation lines, in columns. */
const HANGING = 4;

/** A line wrapped with a hanging indent for a terminal; one searchable line in a log. */
export function hangingIndent(line: string, { isTTY, columns }: Pick<Output, "isTTY" | "columns">): string {
  if (!isTTY || columns === undefined || line.length <= columns) return line;
  const text = line.trimStart();
  const margin = " ".repeat(Math.min(line.length - text.length, HANGING));
  const lines = wrap(text, columns - margin.length - HANGING);
  return lines.map((part, index) => `${margin}${index === 0 ? "" : " ".repeat(HANGING)}${part}`).join("\n");
}
