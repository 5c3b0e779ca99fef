import type { AffectedRange, RangeEvent } from "./affected-versions.ts";

/**
 * Compares the installed version with another version: negative if the installed version is older; undefined
 * for an invalid version.
 */
type Compared = (other: string) => number | undefined;

/** Orders any two versions. */
type Compare = (a: string, b: string) => number | undefined;

/** State of one range for a version; `{ unread }` if the state depends on an invalid version. */
export type RangeState = "affected" | "outside" | { readonly unread: string };

/**
 * State of one OSV range (https://ossf.github.io/osv-schema/#evaluation): the state of the last event in
 * effect for the version. In addition, overlapping pairs are read as publishers mean them: in `introduced
 * 14.0.0, fixed 14.14.1, introduced 14.14.0, fixed 14.20.0` of BIT-node-2022-32223, the first end closes only
 * its own pair, so 14.15.0 is affected.
 */
export function rangeState({ events }: AffectedRange, compared: Compared, compare: Compare): RangeState {
  let last: RangeEvent | undefined;
  let isShared = false;
  let isLimited = false;
  let isBeforeLimit = false;
  const pairs = new Pairs();
  for (const event of events) {
    const order = orderAgainst(event, compared);
    if (order === undefined) return { unread: event.version };
    if (event.event === "limit") {
      isLimited = true;
      if (order < 0) isBeforeLimit = true;
      continue;
    }
    const isEffective = isInEffect(event, order);
    pairs.add(event, isEffective);
    if (!isEffective) continue;
    const after = last === undefined ? 1 : orderEvents(event, last, compare);
    isShared = after === 0 || (after < 0 && isShared);
    if (after >= 0) last = event;
  }
  if (isLimited && !isBeforeLimit) return "outside";
  const isAffected = isShared ? isOpenAfter(events, compared, compare) : last?.event === "introduced";
  return isAffected || (pairs.holdVersion && areOrdered(events, compare)) ? "affected" : "outside";
}

/**
 * Checks events in their document's order: whether beginnings and ends alternate, and whether a closed pair
 * contains the version.
 */
class Pairs {
  #begin: "none" | "in-effect" | "later" = "none";
  #isAlternating = true;
  #isHeld = false;

  add({ event }: RangeEvent, isEffective: boolean): void {
    const isBegin = event === "introduced";
    if (isBegin !== (this.#begin === "none")) this.#isAlternating = false;
    if (!isBegin && this.#begin === "in-effect" && !isEffective) this.#isHeld = true;
    if (!isBegin) this.#begin = "none";
    else this.#begin = isEffective ? "in-effect" : "later";
  }

  get holdVersion(): boolean {
    return this.#isAlternating && this.#isHeld;
  }
}

/** Whether no end precedes its beginning; otherwise the events are not in the order of pairs. */
function areOrdered(events: readonly RangeEvent[], compare: Compare): boolean {
  const bounds = events.filter(({ event }) => event !== "limit");
  return bounds.every((end, at) => {
    const begin = bounds[at - 1];
    if (begin === undefined || end.event === "introduced" || isStart(begin)) return true;
    return (compare(begin.version, end.version) ?? 1) <= 0;
  });
}

/** @param order order of the version compared with the event's version */
function isInEffect({ event }: RangeEvent, order: number): boolean {
  return event === "last_affected" ? order > 0 : order >= 0;
}

function orderAgainst(event: RangeEvent, compared: Compared): number | undefined {
  if (isStart(event)) return 1;
  return event.event === "limit" && event.version === "*" ? -1 : compared(event.version);
}

/** Whether the event is before every version, also in schemes where `0` is invalid. */
function isStart({ event, version }: RangeEvent): boolean {
  return event === "introduced" && version === "0";
}

/** Whether the range is open after all events in effect. Several events may have the same version. */
function isOpenAfter(events: readonly RangeEvent[], compared: Compared, compare: Compare): boolean {
  const sorted = events
    .filter((event) => event.event !== "limit" && isInEffect(event, orderAgainst(event, compared) ?? -1))
    .toSorted((a, b) => orderEvents(a, b, compare));
  let isOpen = false;
  for (let first = 0; first < sorted.length; ) {
    const end = sameEnd(sorted, first, compare);
    isOpen = isOpenBehind(sorted.slice(first, end), isOpen);
    first = end;
  }
  return isOpen;
}

function orderEvents(a: RangeEvent, b: RangeEvent, compare: Compare): number {
  if (isStart(a) || isStart(b)) return Number(isStart(b)) - Number(isStart(a));
  // `last_affected` takes effect after its version, so it comes after `introduced` or `fixed` with the same
  // version.
  return compare(a.version, b.version) || Number(isLast(a)) - Number(isLast(b));
}

function isLast({ event }: RangeEvent): boolean {
  return event === "last_affected";
}

function sameEnd(sorted: readonly RangeEvent[], first: number, compare: Compare): number {
  const [start] = sorted.slice(first, first + 1);
  let end = first + 1;
  for (; end < sorted.length; end += 1) {
    const next = sorted[end];
    if (start === undefined || next === undefined || orderEvents(start, next, compare) !== 0) break;
  }
  return end;
}

/**
 * Whether a version is affected after all its events. If one range ends where another begins (`fixed 2.0, introduced
 * 2.0`), the version is affected; a range that ends where it begins is empty.
 */
function isOpenBehind(events: readonly RangeEvent[], wasOpen: boolean): boolean {
  const begun = events.filter(({ event }) => event === "introduced").length;
  const ended = events.length - begun;
  if (ended === 0) return true;
  return begun > 0 && Number(wasOpen) + begun > ended;
}
