import { type Ignored, ignored } from "./ignored.ts";

/**
 * Accepted difference between the clocks of two machines, in milliseconds: of scanners, builders and services that
 * no platform sets, compared long after. The notary, which compares its own clock at once, accepts less.
 */
export const CLOCK_SKEW_MS = 5 * 60_000;
const DAY_MS = 24 * 3600 * 1000;

/** Milliseconds since 1970 of a time with a time zone (RFC 3339); undefined for other texts. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || !RFC_3339.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reason why a statement is too old, or dated in the future; undefined if its date is accepted.
 *
 * @param time time of the build or of the scan's end
 * @param days maximum age in days; undefined: any age, and no date is needed
 */
export function ageProblem(
  time: string | undefined,
  days: number | undefined,
  at: number,
): Ignored | undefined {
  const made = timeOf(time);
  if (made === undefined) {
    if (days === undefined) return undefined;
    return ignored("undated", {
      fr: `sans date lisible : son âge (${days} j au plus) ne se vérifie pas`,
      en: `without a readable date: its age (${days} d at most) cannot be verified`,
    });
  }
  const day = new Date(made).toISOString().slice(0, 10);
  if (made > at + CLOCK_SKEW_MS) {
    return ignored("future-date", { fr: `datée du futur (${day})`, en: `dated in the future (${day})` });
  }
  if (days === undefined || made >= at - days * DAY_MS) return undefined;
  return ignored("too-old", {
    fr: `trop ancienne : ${day}, ${days} j au plus sont admis`,
    en: `too old: ${day}, at most ${days} d are allowed`,
  });
}
