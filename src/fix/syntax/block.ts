import type { DocumentStyle } from "./document-style.ts";
import type { CollectionNode } from "./node.ts";
import { unknownShape } from "./refused.ts";
import { lineEnd, lineStart, nextLine } from "./scan.ts";
import type { TextEdit } from "./text-edit.ts";

/**
 * Edit that inserts lines after the collection's last line and its trailing comments (those at `column` or
 * deeper).
 */
export function linesAfter(
  text: string,
  node: CollectionNode,
  column: number,
  lines: readonly string[],
  style: DocumentStyle,
): TextEdit {
  let at = nextLine(text, node.end);
  for (;;) {
    const [, indent] = /^( *)#/.exec(text.slice(at, lineEnd(text, at))) ?? [];
    if (indent === undefined || indent.length < column) break;
    at = nextLine(text, lineEnd(text, at));
  }
  return { start: at, end: at, text: joined(text, at, lines, style), depth: node.depth };
}

/** Text of lines that are inserted where a line begins, or after a last line without a line break. */
export function joined(
  text: string,
  at: number,
  lines: readonly string[],
  { lineBreak }: DocumentStyle,
): string {
  const all = lines.join(lineBreak);
  return at > 0 && text[at - 1] !== "\n" ? `${lineBreak}${all}` : `${all}${lineBreak}`;
}

/** Spaces that indent a new line to the column of a block collection's member. */
export function columnOf(text: string, start: number): string {
  const prefix = text.slice(lineStart(text, start), start);
  if (/^ *$/.test(prefix)) return prefix;
  if (!/^ *(?:[-?] +)+$/.test(prefix)) throw unknownShape();
  return " ".repeat(prefix.length);
}
