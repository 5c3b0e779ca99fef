import type { SettingsForm } from "./settings-form.ts";

/** A value under a name that may be a secret's, with where it stands in the text. */
export interface SettingValue {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A part of every name that nameKind() knows. */
const WORD = /pass|pwd|secret|token|key|credential|mdp|jeton|pw(?![a-z])|cl(?:e|\u00c3\u00a9|\u00e9)|psk/gi;
/** No name is longer, and no line is looked at further before one. */
const NAME_LENGTH = 100;
const BEFORE = 300;
const VALUE_LENGTH = 8_192;

/** What a build made of it stands behind a file's name. */
const FILE_NAME = /\.(?:[cm]?[jt]sx?|css|html?|vue|svelte|svg|png|json|map|py|rb|php|java|go)$/;

const SEPARATOR = /["'`\]]{0,2}[ \t]{0,50}(?:=>|:=|[=:])[ \t]{0,50}/y;
/** Where a value may stand on the line below. */
const LOOSE_SEPARATOR = /["'`\]]{0,2}\s{0,50}(?:=>|:=|[=:]|\|\||\?\?)\s{0,50}/y;
const END_OF_TAG = /["']?(?:[ \t]{1,20}[\w:.-]{1,50}="[^"<>]{0,100}"){0,3}[ \t]{0,20}>/y;
/** Spring's `<property name="x"><value>`, a property list's `<key>x</key><string>`. */
const VALUE_ELEMENT = /(?:["']\s{0,10}>|<\/key>)\s{0,100}<(?:value|string)>/y;
/** `name: X`, then `value: y`: Kubernetes, Compose, .NET, Spring. */
const BESIDE = /["']?(?:,\s{0,100}|\s{1,100})(?:-[ \t])?["']?(?:value|valeur|val)["']?\s{0,20}[=:]\s{0,20}/iy;
const ARGUMENT = /["']\s{0,10},\s{0,10}/y;
const CALL = /\b(?:define|putenv|getenv|setenv|setProperty|set|put|get|env|config)\(\s{0,10}["']$/i;
/** Anchors and the tag of a string: YAML. */
const DECORATION = /(?:&[\w-]{1,60}[ \t]{1,10})?(?:!!str[ \t]{1,10})?/y;
const COMMENT = /^[ \t]{0,200}(?:#|\/\/|;|\*|\/\*|<!--|--[ \t]|!|REM\b|%)|[ \t](?:#|\/\/)[ \t]/;
/** What may stand before a name that has a value, in a file of lines. */
const KEY_POSITION =
  /^[ \t]{0,200}(?:-[ \t]{1,10}){0,3}(?:(?:export|set|env|setenv|SetEnv|local|readonly|declare)[ \t]{1,10})?["'$]?$|[{,;&?([]["'\s]{0,20}$|[\s"'=](?:--?|-D)$|=["']?$/;

/** The values that a text gives to names with a secret's word in them. Each character is looked at a few times at most. */
export function settingValues(text: string, form: SettingsForm): readonly SettingValue[] {
  const found: SettingValue[] = [];
  let passed = 0;
  for (const { index } of text.matchAll(WORD)) {
    if (index < passed) continue;
    const [start, end] = nameAround(text, index);
    passed = end;
    if (text.charAt(start - 1) === "/" || FILE_NAME.test(text.slice(start, end))) continue;
    const at = valueAt(text, start, end, form);
    const range = at === undefined ? undefined : valueRange(text, at.at, form, at.inTag);
    if (range === undefined) continue;
    const [from, to] = range;
    passed = Math.max(passed, from);
    // n-grams and counters have short names and numbers.
    if (end - start < 6 && form === "json" && !/["'`]/.test(text.charAt(to))) continue;
    found.push({ name: nameOf(text.slice(start, end)), value: text.slice(from, to), start: from, end: to });
  }
  return found;
}

/** Of a text that was decoded as Latin-1, since most are ASCII. */
function nameOf(text: string): string {
  if (!/[\xc3-\xc5][\x80-\xbf]/.test(text)) return text;
  return Buffer.from(text, "latin1").toString("utf8");
}

function nameAround(text: string, index: number): readonly [number, number] {
  let start = index;
  let end = index;
  while (start > 0 && index - start < NAME_LENGTH && isNameCharacter(text.charCodeAt(start - 1))) start -= 1;
  while (end - index < NAME_LENGTH && isNameCharacter(text.charCodeAt(end))) end += 1;
  while (start < index && /[.$-]/.test(text.charAt(start))) start += 1;
  // Java's `-Dpassword=`.
  if (start < index && text.startsWith("-D", start - 1)) start += 1;
  return [start, end];
}

/** Letters, digits, `_`, `.`, `-`, `$`, and what is no ASCII. */
function isNameCharacter(code: number): boolean {
  if (code >= 0x80) return true;
  const letter = code | 0x20;
  if ((letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39)) return true;
  return code === 0x5f || code === 0x2e || code === 0x2d || code === 0x24;
}

interface ValuePlace {
  readonly at: number;
  readonly inTag: boolean;
}

function valueAt(text: string, start: number, end: number, form: SettingsForm): ValuePlace | undefined {
  const window = text.slice(Math.max(0, start - BEFORE), start);
  const line = window.slice(window.lastIndexOf("\n") + 1);
  if (form !== "json" && form !== "xml" && COMMENT.test(line)) return undefined;
  const beside = after(BESIDE, text, end);
  if (beside !== undefined) return { at: beside, inTag: false };
  if (form === "code" && CALL.test(line)) return placeAt(after(ARGUMENT, text, end));
  if (form === "xml") {
    const tag = after(VALUE_ELEMENT, text, end) ?? after(END_OF_TAG, text, end);
    if (tag !== undefined) return { at: tag, inTag: true };
  }
  const isLines = form === "lines" || form === "shell";
  // Ansible's inventories, DSNs and units have several to a line: `web1 ansible_password=x`.
  const isInline = text.charAt(end) === "=" && /[ \t]$/.test(line);
  if (isLines && !isInline && !KEY_POSITION.test(line)) return undefined;
  return placeAt(after(isLines ? SEPARATOR : LOOSE_SEPARATOR, text, end));
}

function placeAt(at: number | undefined): ValuePlace | undefined {
  return at === undefined ? undefined : { at, inTag: false };
}

/** The offset behind a match that begins here. */
function after(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function valueRange(
  text: string,
  place: number,
  form: SettingsForm,
  inTag: boolean,
): readonly [number, number] | undefined {
  if (inTag) return inElement(text, place);
  const begin = form === "lines" ? (after(DECORATION, text, place) ?? place) : place;
  const quoteAt = form === "code" && /[bBuUrR]/.test(text.charAt(begin)) ? begin + 1 : begin;
  const quote = text.charAt(quoteAt);
  if (quote === '"' || quote === "'" || (quote === "`" && form === "code"))
    return quoted(text, quoteAt, quote);
  if (form === "lines") return bareLine(text, begin);
  if (form === "shell") return bare(/[^\s;&|)<>`"']{1,512}/y, text, begin);
  return form === "json" ? bare(/\d{4,64}(?=[\s,}\]])/y, text, begin) : undefined;
}

function bare(pattern: RegExp, text: string, from: number): readonly [number, number] | undefined {
  const end = after(pattern, text, from);
  return end === undefined ? undefined : [from, end];
}

/** Within one line. */
function quoted(text: string, at: number, quote: string): readonly [number, number] | undefined {
  for (let end = at + 1; end < text.length && end - at <= VALUE_LENGTH; end++) {
    const character = text.charAt(end);
    if (character === quote) return [at + 1, end];
    if (character === "\n") return undefined;
    if (character === "\\") end += 1;
  }
  return undefined;
}

const CDATA = "<![CDATA[";

function inElement(text: string, from: number): readonly [number, number] | undefined {
  const start = text.startsWith(CDATA, from) ? from + CDATA.length : from;
  const value = text.slice(start, start + VALUE_LENGTH);
  const end = value.search(start === from ? /</ : /\]\]>/);
  if (end < 0) return undefined;
  const content = value.slice(0, end);
  const lead = content.length - content.trimStart().length;
  return [start + lead, start + lead + content.trim().length];
}

/** Up to a comment, a closing comma or bracket, or the end of the line; of a YAML block its first line. */
function bareLine(text: string, from: number): readonly [number, number] | undefined {
  const block = /[|>][-+]?\d?[ \t]{0,20}\r?\n\s{1,200}/y;
  const start = after(block, text, from) ?? from;
  const line = /^[^\n]*/.exec(text.slice(start, start + VALUE_LENGTH))?.[0] ?? "";
  if (line === "" || /^[*!#]/.test(line)) return undefined;
  const comment = line.indexOf(" #");
  const own = comment < 0 ? line : line.slice(0, comment);
  const flow = /^[^,{}[\]\s]{1,512}(?=\s{0,20}[,}\]])/.exec(own)?.[0];
  return [start, start + (flow ?? own.replace(/[\s,;]{1,20}$/, "")).length];
}
