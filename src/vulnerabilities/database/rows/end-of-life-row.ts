import type { EndOfLife } from "../../database.ts";

/** End of a release's support, by one source. */
export interface StatedEnd {
  /** Day, ISO 8601; otherwise whether support has ended. */
  readonly on: string | boolean;
  /** Day of the end of an extended support, ISO 8601. */
  readonly extendedTo?: string;
}

export type EndOfLifeRow = readonly [on: StatedEnd["on"], source: string, extendedTo?: string];

export function endOfLifeRow({ on, extendedTo }: StatedEnd, source: string): string {
  const row: EndOfLifeRow = extendedTo === undefined ? [on, source] : [on, source, extendedTo];
  return JSON.stringify(row);
}

/** @param today ISO 8601 */
export function endOfLifeOf([on, source, extendedTo]: EndOfLifeRow, today: string): EndOfLife {
  const end = typeof on === "string" ? { on, isOver: on < today } : { isOver: on };
  return { ...end, source, ...(extendedTo === undefined ? {} : { extendedTo }) };
}
