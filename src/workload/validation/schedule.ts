// Schedule of a CronJob, as robfig/cron reads it (ParseStandard), which Kubernetes uses: five fields, or a
// descriptor. Sunday is 0, never 7. The time zone is a separate field.

import type { Spelling } from "./field.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Unit {
  readonly least: number;
  readonly most: number;
  /** Names of values, from `least` on. */
  readonly names?: readonly string[];
}

const UNITS: readonly Unit[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
];

const DESCRIPTOR = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every \S{1,40})$/;
const LONGEST = 1_000;

export const SCHEDULE: Spelling = {
  isValid(text) {
    if (text.length > LONGEST || text.includes("TZ")) return false;
    if (text.startsWith("@")) return DESCRIPTOR.test(text);
    const fields = text.split(/\s/).filter((field) => field !== "");
    return fields.length === UNITS.length && UNITS.every((unit, index) => isField(fields[index] ?? "", unit));
  },
  expected: {
    fr: "cinq champs cron (minute, heure, jour, mois, jour de semaine de 0 à 6), sans fuseau horaire",
    en: "five cron fields (minute, hour, day, month, day of week from 0 to 6), without a time zone",
  },
};

/**
 * Time zone of a CronJob: a name of the IANA database. `Local` means another zone on each machine, and an offset
 * such as `+01:00` is in no database.
 */
export const TIME_ZONE: Spelling = {
  isValid(text) {
    if (!/^[A-Za-z][\w+/-]{0,60}$/.test(text) || /^local$/i.test(text)) return false;
    try {
      return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
    } catch {
      return false;
    }
  },
  expected: {
    fr: "un nom de la base IANA des fuseaux horaires, par exemple Europe/Paris",
    en: "a name of the IANA time zone database, such as Europe/Paris",
  },
};

function isField(field: string, unit: Unit): boolean {
  const parts = field.split(",").filter((part) => part !== "");
  return parts.length > 0 && parts.every((part) => isPart(part, unit));
}

/** Whether a part is valid: a number, a name, a range of two, or `*`, each optionally with a step. */
function isPart(part: string, unit: Unit): boolean {
  const [range = "", step, ...more] = part.split("/");
  if (more.length > 0 || (step !== undefined && !(/^\d{1,9}$/.test(step) && Number(step) > 0))) return false;
  if (range === "*" || range === "?") return true;
  const ends = range.split("-").map((end) => numberIn(end, unit));
  const [from = Number.NaN, to = from] = ends;
  return ends.length <= 2 && from >= unit.least && to <= unit.most && from <= to;
}

/** Number for a number or a name; NaN for other texts. */
function numberIn(text: string, { least, names = [] }: Unit): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? Number.NaN : least + index;
}
