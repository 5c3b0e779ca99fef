import { posix } from "node:path";
import type { BuildValueFacts } from "../../contract/dockerfile-facts.ts";

/** A file of a repository that builds images. */
export interface BuildFile {
  /** Path from the repository's root. */
  readonly file: string;
  readonly text: string;
}

interface Line {
  /** Text without indentation and without the `- ` of a list. */
  readonly text: string;
  readonly number: number;
  /** Columns before the text, `- ` included. */
  readonly indent: number;
  /** Whether the line begins an item of a list. */
  readonly isItem: boolean;
}

/** `NAME=value`, `NAME: value`, `"NAME" = "value"`. */
const ASSIGNMENT = /^(?:export |set |let )?["']?([A-Za-z_]\w{0,100})["']?\s{0,20}(?:=|:(?= |$))(.{0,2000})$/;
/** The key of a block that gives build arguments. */
const BLOCK = /^["']?(?:docker[-_]?)?(?:build[-_]?)?args?["']?\s{0,20}[:=](.{0,2000})$/i;
const OPTION = /--(?:opt[= ])?build-arg(?:s)?[:= ] {0,20}(?:"([^"]{1,2000})"|'([^']{1,2000})'|(\S{1,2000}))/g;
/** An expression, which may contain unquoted spaces: `${{ vars.NAME }}`. */
const EXPRESSION = /\$\{\{[^{}]{0,500}\}\}/g;
/** Placeholder for a space inside an expression. */
const SPACE = "\u0001";
/** A value that is another variable and nothing else. */
const REFERENCE =
  /^(?:\$\{\{\s{0,20}(?:env|matrix|inputs|variables)\.([\w-]{1,100})\s{0,20}\}\}|\$\{?([A-Za-z_]\w{0,100})\}?|\$\(([A-Za-z_]\w{0,100})\))$/;
/** Dockerfile that a step builds, or the folder in which the step builds. */
const DOCKERFILE =
  /(?:^["']?(?:file|dockerfile|dockerfile-path|dockerfile_path)["']?\s{0,20}[:=]|\s(?:-f|--file|--dockerfile)[= ])\s{0,20}["']?([^\s"',]{1,300})/i;
const CONTEXT =
  /^["']?(?:context|build|working-directory)["']?\s{0,20}[:=]\s{0,20}["']?([\w./-]{1,300})["']?$/i;
const KEY = /^["']?([\w.:/-]{1,100})["']?:(?: (.{0,500}))?$/;
/** Longest chain of variables that refer to each other. */
const DEPTH = 3;

/**
 * Values that these files give to the ARGs of the Dockerfile at this path, as far as reading line by line
 * finds them.
 */
export function buildValues(
  files: readonly BuildFile[],
  names: ReadonlySet<string>,
  dockerfile: string,
): readonly BuildValueFacts[] {
  const read = files.map(({ file, text }) => ({ file, lines: linesOf(text) }));
  const assigned = read.flatMap(({ file, lines }) => assignmentsIn(file, lines));
  const found = read.flatMap(({ file, lines }) => given(file, lines, names, dockerfile));
  return found.flatMap((one) => resolved(one, assigned, DEPTH));
}

function linesOf(text: string): readonly Line[] {
  return text.split("\n").flatMap((line, index) => {
    const plain = line.slice(0, 4_000).trimEnd();
    const own = plain.trimStart();
    if (own === "" || own.startsWith("#") || own.startsWith("//")) return [];
    const isItem = own.startsWith("- ");
    const rest = isItem ? own.slice(2).trimStart() : own;
    return [{ text: rest, number: index + 1, indent: plain.length - rest.length, isItem }];
  });
}

function given(
  file: string,
  lines: readonly Line[],
  names: ReadonlySet<string>,
  dockerfile: string,
): readonly BuildValueFacts[] {
  return lines.flatMap((line, index) => {
    const pairs = [...optionsIn(line.text), ...blockAt(lines, index)];
    const wanted = pairs.filter(({ name }) => names.has(name));
    if (wanted.length === 0 || buildsAnother(lines, index, dockerfile)) return [];
    const within = keysAround(lines, index);
    return wanted.map(({ name, value, number }) => ({
      name,
      value,
      within,
      at: { file, line: number ?? line.number },
    }));
  });
}

interface Pair {
  readonly name: string;
  readonly value: string;
  readonly number?: number;
}

/** Pairs of `--build-arg NAME=value`; `--build-arg NAME` takes the value of the environment variable NAME. */
function optionsIn(text: string): readonly Pair[] {
  return [...joined(text).matchAll(OPTION)].map(([, double, single, bare = ""]) => {
    const pair = (double ?? single ?? bare).replaceAll(SPACE, " ");
    const equals = pair.indexOf("=");
    const name = equals === -1 ? pair : pair.slice(0, equals);
    return { name, value: equals === -1 ? `$${name}` : valueOf(pair.slice(equals + 1)) };
  });
}

/** The text with the spaces inside expressions replaced, so that each expression is one word. */
function joined(text: string): string {
  return text.replace(EXPRESSION, (whole) => whole.replace(/\s/g, SPACE));
}

/** The pairs below `build-args:`, or after it on the same line. */
function blockAt(lines: readonly Line[], index: number): readonly Pair[] {
  const head = lines[index];
  const inline = BLOCK.exec(head?.text ?? "")?.[1];
  if (head === undefined || inline === undefined) return [];
  const rest = lines.slice(index + 1);
  const length = rest.findIndex((line) => line.indent <= head.indent);
  const below = rest.slice(0, length === -1 ? undefined : length).map(pairOf);
  const behind = joined(inline)
    .split(/[\s,]{1,20}/)
    .map((text) => pairOf({ ...head, text: text.replaceAll(SPACE, " ").replace(/^["'[{]{1,4}/, "") }));
  return [...behind, ...below].filter((pair) => pair !== undefined);
}

function pairOf({ text, number }: Pick<Line, "text" | "number">): Pair | undefined {
  const [, name, value = ""] = ASSIGNMENT.exec(text) ?? [];
  return name === undefined ? undefined : { name, value: valueOf(value), number };
}

/** Value without quotes, a trailing comma or backslash, and a comment. */
function valueOf(text: string): string {
  const plain = text.trim();
  const quote = plain.charAt(0);
  const end = quote === '"' || quote === "'" ? plain.indexOf(quote, 1) : -1;
  if (end > 0) return plain.slice(1, end).trim();
  const comment = plain.indexOf(" #");
  return (comment === -1 ? plain : plain.slice(0, comment)).replace(/["'\\,\]]$/, "").trim();
}

/** Whether the step or service of this line names another Dockerfile or another folder. */
function buildsAnother(lines: readonly Line[], index: number, dockerfile: string): boolean {
  const texts = stepAround(lines, index).map(({ text }) => text);
  const file = texts.map((text) => DOCKERFILE.exec(text)?.[1]).find((one) => one !== undefined);
  const folder = texts.map((text) => CONTEXT.exec(text)?.[1]).find((one) => one !== undefined);
  if (file !== undefined && !/[${]/.test(file)) return !isSame(file, folder, dockerfile);
  if (folder === undefined || /[${]/.test(folder)) return false;
  const path = posix.normalize(folder).replace(/\/$/, "");
  return path !== "." && !dockerfile.startsWith(`${path}/`);
}

/** Whether a path names the Dockerfile, relative to the root or to the build's folder. */
function isSame(file: string, folder: string | undefined, dockerfile: string): boolean {
  const plain = posix.normalize(file);
  return (
    plain === dockerfile ||
    (folder !== undefined && posix.join(folder, file) === dockerfile) ||
    dockerfile.endsWith(`/${plain}`)
  );
}

/** Lines above and below that are searched for the step. */
const STEP = 80;

/**
 * Lines of the list item that contains this line, otherwise of the enclosing key near the margin (a service,
 * a job).
 */
function stepAround(lines: readonly Line[], index: number): readonly Line[] {
  const own = lines[index];
  if (own === undefined) return [];
  let from = index;
  while (from > 0 && index - from < STEP && !beginsStep(lines[from], own)) from -= 1;
  const indent = lines[from]?.indent ?? 0;
  const rest = lines.slice(index + 1, index + STEP);
  const length = rest.findIndex((line) => line.indent < indent || (line.indent === indent && line.isItem));
  return lines.slice(from, index + 1 + (length === -1 ? rest.length : length));
}

/**
 * Whether a line begins the step that contains another line: a list item, or a key near the margin (a service, a job).
 */
function beginsStep(line: Line | undefined, own: Line): boolean {
  return line !== undefined && line.indent <= own.indent && (line.isItem || line.indent <= 2);
}

/** Keys of the blocks around this line, and keys in its job's environment. */
function keysAround(lines: readonly Line[], index: number): readonly string[] {
  const keys: string[] = [];
  let indent = lines[index]?.indent ?? 0;
  for (let at = index - 1; at >= 0 && indent > 0; at -= 1) {
    const line = lines[at];
    const [, key, value = ""] = KEY.exec(line?.text ?? "") ?? [];
    if (line === undefined || key === undefined || line.indent > indent) continue;
    if (key === "environment" && value !== "") keys.push(`environment ${value}`);
    if (line.indent === indent) continue;
    keys.push(key);
    indent = line.indent;
  }
  return keys.toReversed();
}

function assignmentsIn(file: string, lines: readonly Line[]): readonly BuildValueFacts[] {
  return lines.flatMap((line, index) => {
    const pairs = [pairOf(line), exported(line)].filter((pair) => pair !== undefined && pair.value !== "");
    if (pairs.length === 0) return [];
    const place = { within: keysAround(lines, index), at: { file, line: line.number } };
    return pairs.flatMap((pair) => (pair === undefined ? [] : [{ ...pair, ...place }]));
  });
}

/** The pair in `echo "NAME=value" >> $GITHUB_ENV`. */
function exported({ text, number }: Line): Pair | undefined {
  const [, name, value = ""] =
    /echo ["']?([A-Za-z_]\w{0,100})=([^\s"'>]{1,500})["']? {0,5}>> {0,5}"?\$\{?GITHUB_(?:ENV|OUTPUT)/.exec(
      text,
    ) ?? [];
  return name === undefined ? undefined : { name, value: valueOf(value), number };
}

/** Values of a forwarded variable; values in the same file come first. */
function resolved(
  one: BuildValueFacts,
  assigned: readonly BuildValueFacts[],
  depth: number,
): readonly BuildValueFacts[] {
  const [, github, plain, make] = REFERENCE.exec(one.value) ?? [];
  const name = github ?? plain ?? make;
  if (name === undefined || depth === 0) return [one];
  const all = assigned.filter((other) => other.name === name && other.value !== one.value);
  const own = all.filter(({ at }) => at.file === one.at.file);
  const values = own.length > 0 ? own : all;
  if (values.length === 0) return [one];
  return values.flatMap((other) => resolved({ ...other, name: one.name }, assigned, depth - 1));
}
