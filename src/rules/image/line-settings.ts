import { assignments } from "../../secrets/assignments.ts";
import type { SettingLine } from "./setting-line.ts";

const COMMENT = /^\s{0,200}(?:#|\/\/|\/?\*|;|<!--)/;
const SECTION = /^\s{0,50}\[{1,2}["']?([\w.:-]{1,100})["']?\]{1,2}\s{0,50}$/;
const OPENING =
  /^(\s{0,200})["']?([A-Za-z_][\w.-]{0,100})["']?\s{0,20}[:=]\s{0,20}(?:[&!][\w.:-]{1,60}\s{0,20}){0,3}\{?\s{0,20}$/;
/** A mapping of YAML on one line: `database: {host: x, port: 5432}`. */
const FLOW = /^\s{0,200}(?:["']?[\w.-]{1,100}["']?\s{0,20}:\s{0,20})?\{.{0,4000}\}\s{0,20}$/;
const MEMBER = /[{,]\s{0,20}(?=["']?[A-Za-z_][\w.-]{0,100}["']?\s{0,20}:\s)/g;
/** Anchors and tags before a value of YAML. */
const ANCHOR = /^&([\w.-]{1,100})\s{1,20}/;
const TAG = /^!{1,2}[\w.:/-]{0,100}\s{1,20}/;
const ALIAS = /^\*([\w.-]{1,100})$/;
/** Mark of a YAML value that begins on the next line. */
const BLOCK = /^[>|][+-]?$/;
/** Variables of a program of supervisord. */
const VARIABLE = /(?:^|,)\s{0,20}([A-Za-z_]\w{0,80})=("[^"]{0,500}"|'[^']{0,500}'|[^,\s]{0,500})/g;

/**
 * Settings in lines `name = value` and `name: value`, with their section in the name: `[db]` and `host = x` →
 * `db.host`. For YAML, anchors, aliases, mappings on one line and folded values are resolved, too.
 */
export function lineSettings(content: string): readonly SettingLine[] {
  const open: { readonly indent: number; readonly name: string }[] = [];
  const found: SettingLine[] = [];
  const anchors = new Map<string, string>();
  const lines = content.split("\n").flatMap(membersOf);
  for (const [index, { text, line }] of lines.entries()) {
    if (text.trim() === "" || COMMENT.test(text)) continue;
    const section = SECTION.exec(text)?.[1];
    if (section !== undefined) open.splice(0, open.length, { indent: -1, name: section });
    const indent = text.length - text.trimStart().length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const opened = OPENING.exec(text)?.[2];
    if (opened !== undefined) open.push({ indent, name: opened });
    const [one] = assignments(text);
    if (one === undefined) continue;
    const folded = BLOCK.test(one.value) ? (lines[index + 1]?.text.trim() ?? "") : one.value;
    const value = valueOf(folded, anchors);
    const name = [...open.map((section) => section.name), one.name].join(".");
    found.push({ name, value, line }, ...variablesOf(one.name, value, line));
  }
  return found;
}

/** A line; or, for a mapping on one line, its members as lines below its name. */
function membersOf(text: string, index: number): readonly { readonly text: string; readonly line: number }[] {
  const line = index + 1;
  if (!FLOW.test(text)) return [{ text, line }];
  const indent = text.length - text.trimStart().length;
  const [head = "", ...members] = text.replace(/[\s}]{1,100}$/, "").split(MEMBER);
  const below = " ".repeat(indent + (head.trim() === "" ? 0 : 1));
  return [head, ...members.map((member) => below + member.trim())].map((part) => ({ text: part, line }));
}

/** The value without tag and anchor, where the anchor is recorded; for an alias, the anchored value. */
function valueOf(written: string, anchors: Map<string, string>): string {
  const plain = written.replace(TAG, "");
  const anchor = ANCHOR.exec(plain);
  const value = plain
    .slice(anchor?.[0].length ?? 0)
    .replace(TAG, "")
    .replace(/^"(.{0,2000})"$|^'(.{0,2000})'$/, "$1$2");
  if (anchor?.[1] !== undefined) anchors.set(anchor[1], value);
  const alias = ALIAS.exec(value)?.[1];
  return alias === undefined ? value : (anchors.get(alias) ?? value);
}

/** Variables in `environment=A="x",B="y"`. */
function variablesOf(name: string, value: string, line: number): readonly SettingLine[] {
  if (!/^environment$/i.test(name) || !/^[A-Za-z_]\w{0,80}=/.test(value)) return [];
  return [...value.matchAll(VARIABLE)].map(([, variable = "", given = ""]) => {
    return { name: variable, value: given.replace(/^["']|["']$/g, ""), line };
  });
}
