import { TRIED_ROWS } from "./application.ts";
import { scoreOfCell } from "./score.ts";
import type { Tried } from "./try.ts";

/** Differences between douane and the manual observations, with the reasons of both. */
export function differences(tried: Tried): readonly string[] {
  const { application, rows, problems } = tried;
  return TRIED_ROWS.flatMap((row) => {
    const [cell, told] = [application.expect[row], rows.get(row)];
    if (cell === undefined) return [];
    const score = scoreOfCell(cell, told?.answer);
    if (score === "right") return [];
    return [
      `  ${row}: ${told?.answer ?? "no verdict"} instead of ${cell.answer} (${score})`,
      `    by hand: ${cell.why}`,
      ...(told?.texts ?? [problems]).map((text) => `    douane:  ${text}`),
    ];
  });
}
