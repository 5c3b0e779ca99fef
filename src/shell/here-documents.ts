/** A here-document that is written to a file. */
export interface HereDocument {
  /** Path as written. */
  readonly path: string;
  /** Offsets of the content in the text. */
  readonly start: number;
  readonly end: number;
}

const BEGIN = /(?<!<)<<-?[ \t]{0,5}["']?([A-Za-z_][\w./-]{0,100})["']?/g;
/** Maximum number of here-documents of one text; each costs a search to the end of the text. */
const MOST = 100;
/** Characters read of an instruction or a command: this many before `<<`, and this many after it. */
const HEAD = 1_000;

const INTO_FILE = /(?:^|[^<>&\d])1?>{1,2}[ \t]{0,5}["']?([^\s"'<>|&;]{1,500})/;
const BY_TEE = /\btee[ \t]{1,5}(?:-\w{1,20}[ \t]{1,5}){0,3}["']?([^\s"'<>|&;-][^\s"'<>|&;]{0,500})/;

/** Here-documents of `cat > FILE <<EOF`, `tee FILE <<EOF`, and a Dockerfile's `COPY <<EOF FILE`. */
export function hereDocuments(text: string): readonly HereDocument[] {
  const found: HereDocument[] = [];
  /** Start of the next content, by the line that declares several here-documents. */
  const next = new Map<number, number>();
  for (const { index, 0: word, 1: name = "" } of [...text.matchAll(BEGIN)].slice(0, MOST)) {
    const newline = text.indexOf("\n", index);
    if (newline < 0) break;
    const start = next.get(newline) ?? newline + 1;
    const end = endOf(text, name, start);
    if (end === undefined) continue;
    const behind = text.indexOf("\n", end);
    next.set(newline, behind < 0 ? text.length : behind + 1);
    const head = text.slice(beginOf(text, index), Math.min(newline, index + HEAD));
    const path = pathOf(head, name, word);
    if (path !== undefined) found.push({ path, start, end });
  }
  return found;
}

/**
 * A here-document for an interpreter of another language: `python3 <<EOF`, or content that begins with
 * `#!/usr/bin/env python3`.
 */
export interface HandedDocument extends Omit<HereDocument, "path"> {
  /** Language of the program: `python`. */
  readonly language: string;
}

const LANGUAGE = /\b(python|node|ruby|php|perl|deno|bun)[\d.]{0,5}(?![\w./-])/;

/** Here-documents that are programs in languages other than shell. */
export function handedDocuments(text: string): readonly HandedDocument[] {
  return [...text.matchAll(BEGIN)].slice(0, MOST).flatMap(({ index, 1: name = "" }) => {
    const newline = text.indexOf("\n", index);
    const end = newline < 0 ? undefined : endOf(text, name, newline + 1);
    if (end === undefined) return [];
    const start = newline + 1;
    const head = text.slice(beginOf(text, index), Math.min(newline, index + HEAD));
    const first = /^#![^\n]{0,200}/.exec(text.slice(start, start + 256))?.[0] ?? "";
    const language = (LANGUAGE.exec(first) ?? LANGUAGE.exec(head))?.[1];
    return language === undefined ? [] : [{ language, start, end }];
  });
}

/** Start of the line, including previous lines that end with a backslash. */
function beginOf(text: string, index: number): number {
  const [own = "", ...before] = text
    .slice(Math.max(0, index - HEAD), index)
    .split("\n")
    .toReversed();
  const other = before.findIndex((line) => !line.trimEnd().endsWith("\\"));
  const continued = other < 0 ? before : before.slice(0, other);
  return continued.reduce((begin, line) => begin - line.length - 1, index - own.length);
}

/** Start of the line that contains only the delimiter. */
function endOf(text: string, name: string, start: number): number | undefined {
  for (let at = text.indexOf(name, start); at >= 0; at = text.indexOf(name, at + 1)) {
    const [, indent] = /\n([\t ]{0,40})$/.exec(text.slice(Math.max(start - 1, at - 41), at)) ?? [];
    const behind = text.slice(at + name.length, at + name.length + 2);
    if (indent !== undefined && /^\r?(?:\n|$)/.test(behind)) return at - indent.length;
  }
  return undefined;
}

function pathOf(head: string, name: string, word: string): string | undefined {
  if (/^[ \t]{0,20}(?:COPY|ADD)[ \t]/i.test(head)) {
    const [to = ""] = head.trim().split(/[ \t]/).toReversed();
    return to.endsWith("/") ? `${to}${name}` : to;
  }
  const plain = head.replaceAll(word, "");
  return INTO_FILE.exec(plain)?.[1] ?? BY_TEE.exec(plain)?.[1];
}
