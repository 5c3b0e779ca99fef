import { isSecretName } from "./secret-name.ts";
import type { SettingsForm } from "./settings-form.ts";
import type { Range } from "./value-range.ts";

/** Maximum number of values read of one list, and of characters. */
const MOST = 100;
const LENGTH = 8_192;

/** A value below a name such as `passwords`. */
export interface Listed {
  /** Key of the value; undefined in a list. */
  readonly key: string | undefined;
  readonly range: Range;
}

/**
 * Name of each value in a list: `passwords` → `password`, if that is a secret's name; `credentials` stays
 * unchanged.
 */
export function secretOfList(name: string): string | undefined {
  const one = name.replace(/s$/i, "");
  return isSecretName(one) ? one : undefined;
}

/**
 * Values below a name without a value on its line: lists and mappings in YAML and TOML, in brackets, lines of
 * an INI section, and a single value on the next line.
 *
 * @param at offset after the separator, or after the section's name
 */
export function listedValues(text: string, at: number, form: SettingsForm): readonly Listed[] {
  const rest = text.slice(at, at + LENGTH);
  const bracket = /^\s{0,50}([[{])/.exec(rest);
  if (bracket !== null && form !== "shell")
    return inBrackets(rest, at, bracket[0].length, bracket[1] === "{");
  if (form !== "lines" || !/^[ \t]{0,50}(?:#[^\n]{0,200})?\r?\n/.test(rest)) return [];
  return below(rest, at, indentBefore(text, at));
}

/** Values in the lines of a section such as `[passwords]`. @param at offset after the bracket */
export function sectionValues(text: string, at: number): readonly Listed[] {
  const [section = ""] = text.slice(at, at + LENGTH).split(/\n[ \t]{0,20}\[/, 1);
  return [
    ...section.matchAll(
      /^[ \t]{0,50}["']?([\w.@-]{1,100})["']?[ \t]{0,20}[=:][ \t]{0,20}["']?([^\s"'#;]{1,512})/dgm,
    ),
  ]
    .slice(0, MOST)
    .flatMap((match) => listed(match.indices?.[2], at, match[1]));
}

const PAIR = /["']([\w.@/ -]{1,100})["']\s{0,20}:\s{0,20}["']([^"'\\\n]{1,512})["']/dg;
const MEMBER = /(?:^|[[,])\s{0,50}["']?([^"'\\\n,[\]{}]{1,512}?)["']?\s{0,50}(?=[,\]])/dg;

function inBrackets(rest: string, at: number, from: number, isMapping: boolean): readonly Listed[] {
  const end = rest.slice(from).search(isMapping ? /[{}]/ : /[[\]]/);
  const inner = rest.slice(from, from + end + 1);
  const matches = [...inner.matchAll(isMapping ? PAIR : MEMBER)].slice(0, MOST);
  return matches.flatMap((match) =>
    isMapping ? listed(match.indices?.[2], at + from, match[1]) : listed(match.indices?.[1], at + from),
  );
}

function listed(range: Range | undefined, offset: number, key?: string): readonly Listed[] {
  if (range === undefined) return [];
  const moved = [range[0] + offset, range[1] + offset] as const;
  return [{ key, range: moved }];
}

function indentBefore(text: string, at: number): number {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /^[ \t]{0,200}/.exec(line)?.[0].length ?? 0;
}

/** An item, a pair or a single value, on one line. */
const ITEM =
  /^(?:- {1,10}|["']?([\w.@-]{1,100})["']?[ \t]{0,20}:[ \t]{1,20})?(?!- |[\w.@-]{1,100}[ \t]{0,20}:(?:[ \t]|$))(?:["']([^"'\n]{1,512})["']|([^\s"'#&*!|>{[][^"'\n]{0,512}?))(?:[ \t]{1,20}#.*)?$/d;

function below(rest: string, at: number, parent: number): readonly Listed[] {
  const found: Listed[] = [];
  let offset = rest.indexOf("\n") + 1;
  let indent: number | undefined;
  for (const line of rest.slice(offset).split("\n", MOST)) {
    const item = line.trim();
    if (item !== "" && !item.startsWith("#")) {
      const depth = line.indexOf(item);
      if (depth < parent || (depth === parent && !item.startsWith("- "))) break;
      indent ??= depth;
      const match = depth === indent ? ITEM.exec(item) : null;
      found.push(...listed(match?.indices?.[2] ?? match?.indices?.[3], at + offset + depth, match?.[1]));
    }
    offset += line.length + 1;
  }
  return found;
}
