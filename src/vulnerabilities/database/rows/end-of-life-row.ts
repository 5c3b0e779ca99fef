import type { EndOfLife } from "../database.ts";

/** Its day, ISO 8601; else whether it is over. */
export type EndOfLifeRow = readonly [on: string | boolean, source: string];

export function endOfLifeRow(on: string | boolean, source: string): string {
  return JSON.stringify([on, source] satisfies EndOfLifeRow);
}

/** @param today ISO 8601 */
export function endOfLifeOf([on, source]: EndOfLifeRow, today: string): EndOfLife {
  return typeof on === "string" ? { on, isOver: on < today, source } : { isOver: on, source };
}
