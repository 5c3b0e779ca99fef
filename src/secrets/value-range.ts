import type { SettingsForm } from "./settings-form.ts";
import { after, type ValuePlace } from "./value-place.ts";

const VALUE_LENGTH = 8_192;
/**
 * Maximum length of a value inside another value. Without a bound, a line that consists only of names would
 * be read once per name.
 */
const INNER_LENGTH = 512;
/** Anchors and the tag of a string: YAML. */
const DECORATION = /(?:&[\w-]{1,60}[ \t]{1,10})?(?:!!str[ \t]{1,10})?/y;
/** Opening quote: strings of Python and SQL may have a letter before it, nested strings backslashes. */
const OPENING = /(?:[bBuUrRN]{0,2}(?=["'`]))?\\{0,7}["'`]/y;
const CDATA = "<![CDATA[";

/** Offsets of a value, without its quotes. */
export type Range = readonly [start: number, end: number];

/**
 * Range of the value that begins at a place; undefined if it cannot be a literal.
 *
 * @param isInner the name is inside the value of another name
 */
export function valueRange(
  text: string,
  place: ValuePlace,
  form: SettingsForm,
  isInner = false,
): Range | undefined {
  if (place.in === "tag") return inElement(text, place.at);
  const isLines = form === "lines";
  const begin = isLines ? (after(DECORATION, text, place.at) ?? place.at) : place.at;
  const opened = after(OPENING, text, begin);
  if (opened !== undefined && isOpening(text, begin, opened, form)) return quoted(text, begin, opened);
  if (place.in === "expansion") return bare(/(?:[^\s"'`{}$]|\$(?![A-Za-z_{(])){1,512}(?=\})/y, text, begin);
  if (place.in === "inline") return bare(/[^\s;&|)<>`"'\\,]{1,512}/y, text, begin);
  if (place.in === "alone") return bare(/[^\s;"']{1,512}/y, text, begin);
  if (isLines) return bareLine(text, begin, isInner ? INNER_LENGTH : VALUE_LENGTH);
  if (form === "shell") return bare(/[^\s;&|)<>`"']{1,512}/y, text, begin);
  return form === "json" ? bare(/\d{4,64}(?=[\s,}\]])/y, text, begin) : undefined;
}

function isOpening(text: string, begin: number, opened: number, form: SettingsForm): boolean {
  const isCode = form === "code" || form === "notation" || form === "sql";
  if (!isCode && /[A-Za-z]/.test(text.charAt(begin))) return false;
  return isCode || text.charAt(opened - 1) !== "`";
}

function bare(pattern: RegExp, text: string, from: number): Range | undefined {
  const end = after(pattern, text, from);
  return end === undefined ? undefined : [from, end];
}

/** Range up to the closing quote, on the same line, preceded by as many backslashes as the opening quote. */
function quoted(text: string, begin: number, opened: number): Range | undefined {
  const closing = text.slice(begin, opened).replace(/^[A-Za-z]{1,2}/, "");
  const escapes = closing.length - 1;
  for (let end = opened; end < text.length && end - opened <= VALUE_LENGTH; end++) {
    if (text.startsWith(closing, end)) return [opened, end];
    const character = text.charAt(end);
    if (character === "\n") return undefined;
    if (character === "\\" && escapes === 0) end += 1;
  }
  return undefined;
}

function inElement(text: string, from: number): Range | undefined {
  const start = text.startsWith(CDATA, from) ? from + CDATA.length : from;
  const value = text.slice(start, start + VALUE_LENGTH);
  const end = value.search(start === from ? /</ : /\]\]>/);
  if (end < 0) return undefined;
  const content = value.slice(0, end);
  const lead = content.length - content.trimStart().length;
  return [start + lead, start + lead + content.trim().length];
}

/**
 * Range up to a comment, a closing comma or bracket, or the end of the line; for a YAML block, its first
 * line.
 */
function bareLine(text: string, from: number, most: number): Range | undefined {
  const block = /[|>][-+]?\d?[ \t]{0,20}\r?\n\s{1,200}/y;
  const start = after(block, text, from) ?? from;
  const line = /^[^\n]*/.exec(text.slice(start, start + most))?.[0] ?? "";
  // An empty value in a connection string ends before the connection string does.
  if (line.trim() === "" || /^(?:[*!#]|;["'])/.test(line)) return undefined;
  const comment = line.indexOf(" #");
  const own = comment < 0 ? line : line.slice(0, comment);
  const flow = /^[^,{}[\]\s]{1,512}(?=\s{0,20}[,}\]])/.exec(own)?.[0];
  return [start, start + (flow ?? own.replace(/[\s,;]{1,20}$/, "")).length];
}
