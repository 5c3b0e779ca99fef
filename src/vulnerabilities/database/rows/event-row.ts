import type { RangeEvent } from "../../ranges/affected-versions.ts";

/** Event of a version range: `i0` introduced, `f1.2.3` fixed, `l1.2.2` last affected, `m2` limit. */
export type EventRow = string;

const LETTERS = { introduced: "i", fixed: "f", last_affected: "l", limit: "m" } as const;

export function eventRow({ event, version }: RangeEvent): EventRow {
  return `${LETTERS[event]}${version}`;
}

export function rangeEvent(row: EventRow): RangeEvent {
  return { event: eventOf(row.charAt(0)), version: row.slice(1) };
}

function eventOf(letter: string): RangeEvent["event"] {
  switch (letter) {
    case "i":
      return "introduced";
    case "f":
      return "fixed";
    case "l":
      return "last_affected";
    default:
      return "limit";
  }
}
