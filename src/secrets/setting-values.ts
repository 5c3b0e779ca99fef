import { listedValues, secretOfList, sectionValues } from "./secret-lists.ts";
import { isSecretName } from "./secret-name.ts";
import type { SettingsForm } from "./settings-form.ts";
import { after, valuePlace } from "./value-place.ts";
import { valueRange } from "./value-range.ts";

/** Value under a name that may be a secret's, with the value's position in the text. */
export interface SettingValue {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /**
   * Set if the value is one of several below the name, or if only a space separates it from the name;
   * stricter tests apply.
   */
  readonly isLoose?: true;
}

/** A word that is part of every name that nameKind() recognises. */
const WORD =
  /pass|pwd|secret|token|key|credential|mdp|jeton|pw(?![a-z])|cl(?:e|\u00c3\u00a9|\u00e9)|psk|auth(?:tok)?(?![a-z])|salt|pepper|seed|creds?(?![a-z])|bearer|jwt(?![a-z])|[_.-]sk(?![a-z])/gi;
/** Longest name. */
const NAME_LENGTH = 100;

/** Extensions of bundled files: the value after such a file name is a build's hash. */
const FILE_NAME = /\.(?:[cm]?[jt]sx?|css|html?|vue|svelte|svg|png|json|map|py|rb|php|java|go)$/;

/** Values that a text assigns to names with a secret's word. Each character is read a few times at most. */
export function settingValues(text: string, form: SettingsForm): readonly SettingValue[] {
  const found: SettingValue[] = [];
  let passed = 0;
  let valueEnd = 0;
  for (const { index } of text.matchAll(WORD)) {
    if (index < passed) continue;
    const [start, end] = nameAround(text, index);
    passed = end;
    if (text.charAt(start - 1) === "/" || FILE_NAME.test(text.slice(start, end))) continue;
    const values = valuesOf(text, [start, end], form, start < valueEnd);
    for (const value of values) valueEnd = Math.max(valueEnd, value.end);
    found.push(...values);
  }
  return found;
}

function valuesOf(
  text: string,
  [start, end]: readonly [number, number],
  form: SettingsForm,
  isInner: boolean,
): readonly SettingValue[] {
  const name = nameOf(text.slice(start, end));
  const place = valuePlace(text, start, end, form);
  const range = place === undefined ? undefined : valueRange(text, place, form, isInner);
  const isList = range === undefined || /[[{]/.test(text.charAt(range[0]));
  if (isList) return severalOf(text, { name, start, end, at: place?.at }, form);
  // Tables of n-grams and counters have short names, and numbers as values.
  if (end - start < 6 && form === "json" && !/["'`]/.test(text.charAt(range[1]))) return [];
  const loose = place?.in === "alone" ? ({ isLoose: true } as const) : {};
  return [{ name, value: text.slice(...range), start: range[0], end: range[1], ...loose }];
}

const SECTION_END = /\][ \t\r]{0,20}\n/y;

interface Holder {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly at: number | undefined;
}

function severalOf(
  text: string,
  { name, start, end, at }: Holder,
  form: SettingsForm,
): readonly SettingValue[] {
  const one = secretOfList(name) ?? (isSecretName(name) ? name : undefined);
  if (one === undefined || (form === "json" && !/["'\\]/.test(text.charAt(end)))) return [];
  const isSection = form === "lines" && after(SECTION_END, text, end) !== undefined;
  const values =
    at !== undefined
      ? listedValues(text, at, form)
      : isSection && text.charAt(start - 1) === "["
        ? sectionValues(text, end + 1)
        : [];
  return values
    .filter(({ key = "" }) => isSecretName(`secret_${key}`))
    .map(({ range }) => {
      return { name: one, value: text.slice(...range), start: range[0], end: range[1], isLoose: true };
    });
}

/** The name in UTF-8; the text was decoded as Latin-1, which equals UTF-8 for the usual ASCII names. */
function nameOf(text: string): string {
  if (!/[\xc3-\xc5][\x80-\xbf]/.test(text)) return text;
  return Buffer.from(text, "latin1").toString("utf8");
}

function nameAround(text: string, index: number): readonly [number, number] {
  let start = index;
  let end = index;
  while (index - start < NAME_LENGTH && isNameCharacter(text.charCodeAt(start - 1))) start -= 1;
  while (end - index < NAME_LENGTH && isNameCharacter(text.charCodeAt(end))) end += 1;
  while (/[.$-]/.test(text.charAt(start))) start += 1;
  // A property for Java, `-Dpassword=`.
  if (text.startsWith("-D", start - 1)) start += 1;
  return [start, end];
}

/** Whether a code unit may be part of a name: letters, digits, `_`, `.`, `-`, `$`, and non-ASCII. */
function isNameCharacter(code: number): boolean {
  if (code >= 0x80) return true;
  const letter = code | 0x20;
  if ((letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39)) return true;
  return code === 0x5f || code === 0x2e || code === 0x2d || code === 0x24;
}
