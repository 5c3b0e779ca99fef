import type { SettingsForm } from "./settings-form.ts";

/** Maximum number of characters of a line that are read before a name. */
const BEFORE = 300;

/** Separator after a name, also inside nested string literals: `\"password\":`. */
const SEPARATOR = /\\{0,7}["'`\]]{0,2}[ \t]{0,50}(?:=>|:=|\?=|:{1,3}|=)[ \t]{0,50}/y;
/** Separator that allows the value on the next line. */
const LOOSE_SEPARATOR = /\\{0,7}["'`\]]{0,2}\s{0,50}(?:=>|:=|:{1,3}|=|\|\||\?\?)\s{0,50}/y;
/** Type before the value: `password: string = "x"`, Bicep's `param password string = 'x'`. */
const TYPED = /[:?]{0,2}[ \t]{1,5}(?:[Ss]tring|str|SecureString)\??[ \t]{0,5}=[ \t]{0,5}/y;
/** Separator in a pair: Erlang's `{password, <<"x">>}`, and C#'s dictionaries. */
const IN_PAIR = /["']?\s{0,10},\s{0,10}(?:<<)?(?=["'])/y;
const BEGINS_PAIR = /\{[ \t]{0,5}["']?$/;
/** Space before a quoted value: Groovy's `password "x"`, EDN's `:password "x"`. */
const BEFORE_QUOTE = /[ \t]{1,50}(?=["'])/y;
const END_OF_TAG = /["']?(?:[ \t]{1,20}[\w:.-]{1,50}="[^"<>]{0,100}"){0,3}[ \t]{0,20}>/y;
/**
 * Elements with the value: Spring's `<property name="x"><value>`, a property list's `<key>x</key><string>`,
 * Hadoop's `<name>x</name><value>`, web.xml's `<param-name>x</param-name><param-value>`, Windows'
 * `<x><Value>`.
 */
const VALUE_ELEMENT =
  /(?:["']\s{0,10}>|<\/(?:key|name|param-name|env-entry-name)>|>)\s{0,100}(?:<env-entry-type>[\w.]{1,100}<\/env-entry-type>\s{0,100})?<(?:value|string|param-value|env-entry-value)>/iy;
/** Value in a pair beside the name: `name: X`, then `value: y`, in Kubernetes, Compose, .NET and Spring. */
const BESIDE = /["']?(?:,\s{0,100}|\s{1,100})(?:-[ \t])?["']?(?:value|valeur|val)["']?\s{0,20}[=:]\s{0,20}/iy;
const ARGUMENT = /["']\s{0,10},\s{0,10}/y;
const CALL = /\b(?:define|putenv|getenv|setenv|setProperty|set|put|get|env|config)\(\s{0,10}["']$/i;
const COMMENT =
  /^[ \t]{0,200}(?:#|\/\/|;|\*|\/\*|<!--|--[ \t]|!|@?REM\b|::[ \t]|%(?!env\b|$))|[ \t](?:#|\/\/)[ \t]/i;
/** `${` of a shell's parameter expansion, of Compose, or of Spring. */
const EXPANSION = /\$\{!?$/;
/**
 * `:-`, `:=` and Spring's `:` precede a default; `:?` and `:+` precede a message or another value; `:0:4` is
 * a substring.
 */
const DEFAULT = /:[-=]|:(?![?+]|[ \t]{0,3}-?\d{1,9}(?::-?\d{1,9})?\})/y;
/**
 * A link such as `https://host/form?jwtKey=`, which is meant to be followed by everyone who receives it.
 * Other parameters (token, api_key) do grant access.
 */
const LINK = /https?:\/\/[^\s"'<>]{1,250}[?&]$/;
const OF_LINK = /^(?:jwt|site|public)_?key$/i;
/** Text that may precede a name that has a value, in a file of lines. */
const KEY_POSITION =
  /^[ \t]{0,200}(?:-[ \t]{1,10}){0,3}(?:@?(?:export|set|env|setenv|SetEnv|local|readonly|declare|arg)[ \t]{1,10})?["'$%]?$|[{,;&?([]["'\s]{0,20}$|[\s"'=](?:--?|-D)$|=["']?$/i;
/**
 * Text that may precede a name that is separated from its value only by a space, at the end of a line:
 * `bindpw x`.
 */
const DIRECTIVE = /^[ \t]{0,200}(?:(?:set|env)[ \t]{1,10})?["']?$/i;
const ALONE = /["']?[ \t]{1,50}(?=["']?[^\s"'=:;{}[\]<>(),]{4,300}["']?[ \t]{0,20};?[ \t\r]{0,5}(?:\n|$))/y;
/** Text before a variable in a script within JSON, or in a list of variables. */
const VARIABLE_BEFORE = /(?:["\s;]|\\[nt])$/;

/** Position of a name's value. */
export interface ValuePlace {
  readonly at: number;
  /**
   * `tag`: content of an element. `inline`: other values follow. `alone`: ends with the line. `expansion`:
   * ends with a brace.
   */
  readonly in?: "tag" | "inline" | "alone" | "expansion";
}

/** Position of the value of the name at these offsets; undefined if the name has no value. */
export function valuePlace(
  text: string,
  start: number,
  end: number,
  form: SettingsForm,
): ValuePlace | undefined {
  const window = text.slice(Math.max(0, start - BEFORE), start);
  const line = window.slice(window.lastIndexOf("\n") + 1);
  if (form !== "json" && form !== "xml" && COMMENT.test(line)) return undefined;
  if (EXPANSION.test(line)) return inExpansion(text, end);
  if (LINK.test(line) && OF_LINK.test(text.slice(start, end))) return undefined;
  const beside = after(BESIDE, text, end);
  if (beside !== undefined) return { at: beside };
  if (form === "xml") return inElement(text, end) ?? placeAt(after(LOOSE_SEPARATOR, text, end));
  if (form === "json") return inJson(text, start, end);
  if (form === "code" || form === "notation") return inCode(text, end, line, form);
  return form === "sql" ? placeAt(after(LOOSE_SEPARATOR, text, end)) : inLine(text, end, line);
}

function inExpansion(text: string, end: number): ValuePlace | undefined {
  const at = after(DEFAULT, text, end);
  return at === undefined ? undefined : { at, in: "expansion" };
}

function inElement(text: string, end: number): ValuePlace | undefined {
  const at = after(VALUE_ELEMENT, text, end) ?? after(END_OF_TAG, text, end);
  return at === undefined ? undefined : { at, in: "tag" };
}

function inJson(text: string, start: number, end: number): ValuePlace | undefined {
  const at = after(LOOSE_SEPARATOR, text, end);
  if (at === undefined || text.charAt(end) !== "=") return placeAt(at);
  return VARIABLE_BEFORE.test(text.slice(Math.max(0, start - 2), start)) ? { at, in: "inline" } : placeAt(at);
}

function inCode(text: string, end: number, line: string, form: SettingsForm): ValuePlace | undefined {
  if (CALL.test(line)) return placeAt(after(ARGUMENT, text, end));
  const pair = BEGINS_PAIR.test(line) ? after(IN_PAIR, text, end) : undefined;
  const spaced = form === "notation" ? after(BEFORE_QUOTE, text, end) : undefined;
  return placeAt(pair ?? after(TYPED, text, end) ?? after(LOOSE_SEPARATOR, text, end) ?? spaced);
}

function inLine(text: string, end: number, line: string): ValuePlace | undefined {
  const pair = BEGINS_PAIR.test(line) ? after(IN_PAIR, text, end) : undefined;
  if (pair !== undefined) return { at: pair };
  // Several pairs are on one line in Ansible's inventories, DSNs and units: `web1 ansible_password=x`.
  if (text.charAt(end) === "=" && /[ \t]$/.test(line) && !/(?:\/[pa]|\bset)[ \t]{1,5}$/i.test(line))
    return { at: end + 1, in: "inline" };
  if (KEY_POSITION.test(line)) {
    const at = after(SEPARATOR, text, end);
    if (at !== undefined) return { at };
  }
  const alone = DIRECTIVE.test(line) ? after(ALONE, text, end) : undefined;
  return alone === undefined ? undefined : { at: alone, in: "alone" };
}

function placeAt(at: number | undefined): ValuePlace | undefined {
  return at === undefined ? undefined : { at };
}

/** Offset after a match that begins here; undefined without a match. */
export function after(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
