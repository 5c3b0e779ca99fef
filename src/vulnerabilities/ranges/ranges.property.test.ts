import fc from "fast-check";
import { expect, test } from "vitest";
import { generic } from "../versions/generic.ts";
import type { RangeEvent } from "./affected-versions.ts";
import { affectedness } from "./affectedness.ts";
import { installedVersion } from "./installed-version.ts";

/** Ranges that begin and end at whole numbers: `end` is the first that is repaired, or the last that is affected. */
interface Interval {
  readonly start: number;
  readonly length: number;
  readonly isClosed: boolean;
}

/** Consecutive intervals, some empty, some adjacent. */
const intervals = fc.array(
  fc.record({ start: fc.nat({ max: 3 }), length: fc.nat({ max: 4 }), isClosed: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
);

function placed(stated: readonly Interval[]): readonly Interval[] {
  // 0 is before every version.
  let at = 1;
  return stated.map(({ start, length, isClosed }) => {
    const begin = at + start;
    at = begin + length + (isClosed ? 1 : 0);
    return { start: begin, length, isClosed };
  });
}

function holds({ start, length, isClosed }: Interval, version: number): boolean {
  return version >= start && (isClosed ? version <= start + length : version < start + length);
}

function eventsOf({ start, length, isClosed }: Interval): readonly RangeEvent[] {
  return [
    { event: "introduced", version: `${start}` },
    { event: isClosed ? "last_affected" : "fixed", version: `${start + length}` },
  ];
}

test("a version is affected where one of the ranges holds it, whatever the order of their events, in one range or in several", () => {
  const shuffled = intervals.chain((stated) => {
    const all = placed(stated);
    const events = all.flatMap(eventsOf);
    return fc.tuple(fc.constant(all), fc.shuffledSubarray(events, { minLength: events.length }));
  });
  fc.assert(
    fc.property(shuffled, fc.nat({ max: 45 }), ([all, events], version) => {
      const installed = installedVersion(`${version}`, generic);
      const expected = all.some((interval) => holds(interval, version)) ? "affected" : "not-affected";
      const inOne = affectedness({ ranges: [{ type: "ECOSYSTEM", events }] }, installed);
      expect(inOne.status).toBe(expected);
      const ranges = all.map((interval) => ({ type: "ECOSYSTEM", events: eventsOf(interval) }) as const);
      expect(affectedness({ ranges }, installed).status).toBe(expected);
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

test("what it is fixed in is above the installed version, stated, affected by nothing, and the smallest of those", () => {
  fc.assert(
    fc.property(intervals, fc.nat({ max: 45 }), (stated, version) => {
      const all = placed(stated);
      const ranges = [{ type: "ECOSYSTEM", events: all.flatMap(eventsOf) }] as const;
      const found = affectedness({ ranges }, installedVersion(`${version}`, generic));
      if (found.status !== "affected") return;
      const fixes = all
        .filter(({ isClosed }) => !isClosed)
        .map(({ start, length }) => start + length)
        .filter((fix) => fix > version && !all.some((interval) => holds(interval, fix)));
      expect(found.fixedIn).toBe(fixes.length === 0 ? undefined : `${Math.min(...fixes)}`);
    }),
    { seed: 4, numRuns: 1_000 },
  );
});
