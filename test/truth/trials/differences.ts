import type { Answer } from "../../../src/contract/verdict.ts";
import { type Score, scoreOf } from "../compare.ts";
import { type Cell, TRIED_ROWS, type TriedRow } from "./application.ts";
import type { Result } from "./results.ts";
import type { Tried } from "./try.ts";

/** How right the answers about one application are. */
export function resultOf({ application, rows }: Tried): Result {
  const scores: Partial<Record<TriedRow, Score>> = {};
  for (const row of TRIED_ROWS) {
    const cell = application.expect[row];
    if (cell !== undefined) scores[row] = scoreOfCell(cell, rows.get(row)?.answer);
  }
  return { name: application.name, scores };
}

/** No verdict settles nothing. */
function scoreOfCell({ answer, orUnproven }: Cell, told: Answer = "unproven"): Score {
  return orUnproven === true && told === "unproven" ? "right" : scoreOf(answer, told);
}

/** Where douane says otherwise than what was seen by hand, with the reasons of both. */
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
