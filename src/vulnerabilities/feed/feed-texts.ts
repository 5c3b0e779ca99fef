import { LIMITS } from "../../contract/limits.ts";
import { stringOf } from "../../json/fields.ts";

// Texts of feeds in the form of rows.

/** Text for a name or version in a row: printable and bounded; otherwise "". */
export function wordOf(value: unknown): string {
  const text = stringOf(value).trim();
  return text.length > LIMITS.packageNameCharacters || /[\p{Cc}\p{Cs}]/u.test(text) ? "" : text;
}

/** ISO 8601 date, "" if invalid; years before 1990 mean no date (0001-01-01). */
export function dateOf(value: unknown): string {
  const text = stringOf(value);
  return /^(?:199\d|2\d{3})-\d\d-\d\d(?:[T ][0-9:.]{5,30}(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text)
    ? text.replace(" ", "T")
    : "";
}

const SUMMARY_CHARACTERS = 300;

/** First line of a text, cut to a length. */
export function firstLine(text: string): string {
  const beginning = text.trimStart().slice(0, 4 * SUMMARY_CHARACTERS);
  const line = beginning.split(/[\r\n]/, 1)[0] ?? "";
  const clean = line.replace(/[\p{Cc}\p{Cs}]/gu, " ").trimEnd();
  return clean.length <= SUMMARY_CHARACTERS ? clean : `${clean.slice(0, SUMMARY_CHARACTERS - 1)}…`;
}

export function isCve(id: string): boolean {
  return /^CVE-\d{4}-\d{4,19}$/.test(id);
}
