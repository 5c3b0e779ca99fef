import { LIMITS } from "../../contract/limits.ts";
import type { JsonObject } from "./feed.ts";

// Accessors for untrusted JSON: a value of another type counts as absent.

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function objectsOf(value: unknown): readonly JsonObject[] {
  return listOf(value).filter(isObject);
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((one) => typeof one === "string" && one !== "") as readonly string[];
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Text for a name or version in a row: printable and bounded; otherwise "". */
export function wordOf(value: unknown): string {
  const text = textOf(value).trim();
  return text.length > LIMITS.packageNameCharacters || /[\p{Cc}\p{Cs}]/u.test(text) ? "" : text;
}

/** ISO 8601 date, "" if invalid; years before 1990 mean no date (0001-01-01). */
export function dateOf(value: unknown): string {
  const text = textOf(value);
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
