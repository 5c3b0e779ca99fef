import type { AffectedRange, RangeEvent } from "./affected-versions.ts";

/** What orders one version against others: below 0 where it is the older; `undefined` for what is no version. */
type Compared = (other: string) => number | undefined;

/** How one range stands to a version; `{ unread }` where this hangs on a text that is no version. */
export type RangeState = "affected" | "outside" | { readonly unread: string };

/**
 * One range of OSV (https://ossf.github.io/osv-schema/#evaluation), without sorting its events: the state
 * is that of the last event that has taken effect for the version. Of those of one version, the later
 * stated is the last.
 *
 * @param compare orders any two versions
 */
export function rangeState(
  { events }: AffectedRange,
  compared: Compared,
  compare: (a: string, b: string) => number | undefined,
): RangeState {
  let last: RangeEvent | undefined;
  let isLimited = false;
  let isBeforeLimit = false;
  for (const event of events) {
    if (event.event === "limit") {
      isLimited = true;
      const order = event.version === "*" ? -1 : compared(event.version);
      if (order === undefined) return { unread: event.version };
      if (order < 0) isBeforeLimit = true;
      continue;
    }
    const order = isStart(event) ? 1 : compared(event.version);
    if (order === undefined) return { unread: event.version };
    if (event.event === "last_affected" ? order <= 0 : order < 0) continue;
    if (last === undefined || isNotBefore(event, last, compare)) last = event;
  }
  if (isLimited && !isBeforeLimit) return "outside";
  return last?.event === "introduced" ? "affected" : "outside";
}

/** Before every version, also of schemes to which `0` is none. */
function isStart({ event, version }: RangeEvent): boolean {
  return event === "introduced" && version === "0";
}

/** Both have been read as versions, or are the start. */
function isNotBefore(
  event: RangeEvent,
  last: RangeEvent,
  compare: (a: string, b: string) => number | undefined,
): boolean {
  if (isStart(last)) return true;
  if (isStart(event)) return false;
  const order = compare(event.version, last.version) ?? 0;
  if (order !== 0) return order > 0;
  // What is last affected ends behind its version, and so behind what begins or is repaired with it.
  return last.event !== "last_affected" || event.event === "last_affected";
}
