import stringWidth from "fast-string-width";
import { pad, padStart } from "./terminal.ts";

/**
 * Lines of a table: each column as wide as its widest cell, two spaces between columns, no spaces at the end.
 *
 * @param numbers columns aligned to the right, counted from 0
 */
export function columns(
  rows: readonly (readonly string[])[],
  numbers: readonly number[] = [],
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, stringWidth(cell));
  return rows.map((row) =>
    row
      .map((cell, at) => (numbers.includes(at) ? padStart : pad)(cell, widths[at] as number))
      .join("  ")
      .trimEnd(),
  );
}
