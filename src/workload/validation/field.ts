import type { Segment } from "../../contract/field-path.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { InvalidField } from "../../contract/workload-facts.ts";
import { maskText } from "../../secrets/scan.ts";
import { isMapping } from "../decode/collections.ts";
import { refuse } from "../decode/decoding.ts";

/** A field of an object that is being validated. Values of a wrong type are refused by the decoders. */
export interface Field {
  /** Value of the field; undefined if the field is not set, or null. */
  readonly value: unknown;
  readonly invalid: InvalidField[];
  /**
   * Path of the object in its document, or parent field and key: full paths are rarely needed, so they are
   * built on demand.
   */
  readonly at: readonly Segment[] | { readonly holder: Field; readonly key: Segment };
}

export function pathOf({ at }: Field): readonly Segment[] {
  return "holder" in at ? [...pathOf(at.holder), at.key] : at;
}

/** Field below this one, by successive keys. */
export function member(field: Field, ...keys: readonly string[]): Field {
  return keys.reduce(below, field);
}

function below(holder: Field, key: string): Field {
  const { value, invalid } = holder;
  const own = isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return { value: own ?? undefined, invalid, at: { holder, key } };
}

/** Items of a list; empty if the field is not a list. */
export function entries(holder: Field): readonly Field[] {
  const { value, invalid } = holder;
  if (!Array.isArray(value)) return [];
  return value.map((entry: unknown, key) => ({ value: entry ?? undefined, invalid, at: { holder, key } }));
}

/** The keys of a mapping, with their fields. */
export function pairs(field: Field): readonly (readonly [string, Field])[] {
  const { value } = field;
  return isMapping(value) ? Object.keys(value).map((key) => [key, below(field, key)] as const) : [];
}

export function textOf({ value }: Field): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function numberOf({ value }: Field): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function isSet({ value }: Field): boolean {
  return value !== undefined;
}

/** @param problem text after the field's path: "must be unique" */
export function reject(field: Field, problem: Text): void {
  refuse({ path: [...pathOf(field)], invalid: field.invalid }, problem);
}

/** @param expected text after "must be" and "attend" */
export function rejectValue(field: Field, expected: Text, value = String(field.value)): void {
  // The value is masked before it is cut, since half a secret would not be recognised.
  const shown = typeof field.value === "number" ? value : quoted(maskText(value));
  reject(field, {
    fr: `vaut ${shown} et attend ${expected.fr}`,
    en: `is ${shown} and must be ${expected.en}`,
  });
}

export function rejectMissing(field: Field): void {
  reject(field, { fr: "manque", en: "is missing" });
}

/** Checks that a number is within the range that Kubernetes accepts. */
export function checkRange(field: Field, least: number, most = Number.POSITIVE_INFINITY): void {
  const number = numberOf(field);
  if (number === undefined || (number >= least && number <= most)) return;
  const expected =
    most === Number.POSITIVE_INFINITY
      ? { fr: `au moins ${least}`, en: `at least ${least}` }
      : { fr: `un nombre de ${least} à ${most}`, en: `from ${least} to ${most}` };
  rejectValue(field, expected);
}

/** Checks that a text is one of the API's words; an empty text means the default. */
export function checkWord(field: Field, words: readonly string[]): void {
  const text = textOf(field);
  if (text === undefined || text === "" || words.includes(text)) return;
  rejectValue(field, { fr: `l'une des valeurs ${words.join(", ")}`, en: `one of ${words.join(", ")}` });
}

/** @param spelling valid form, as in `names.ts` */
export function checkText(field: Field, spelling: Spelling): void {
  const text = textOf(field);
  if (text === undefined || text === "" || spelling.isValid(text)) return;
  rejectValue(field, spelling.expected);
}

/** Valid form of a name. */
export interface Spelling {
  isValid(text: string): boolean;
  /** Description of the valid form, after "must be" and "attend". */
  readonly expected: Text;
}

/** Checks a text that must be set. */
export function checkRequiredText(field: Field, spelling: Spelling): void {
  if (!isSet(field) || field.value === "") rejectMissing(field);
  else checkText(field, spelling);
}
