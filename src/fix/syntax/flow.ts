import type { DocumentStyle } from "./document-style.ts";
import type { CollectionNode } from "./node.ts";
import type { FlowStyle } from "./render.ts";
import { indentationBefore, lineEnd, lineStart, skipBlank } from "./scan.ts";
import type { TextEdit } from "./text-edit.ts";

/**
 * Edit that inserts members between brackets: on separate lines if the last member has its own line,
 * otherwise after the last member.
 */
export function intoBrackets(
  text: string,
  node: CollectionNode,
  style: DocumentStyle,
  render: (indent: string | undefined) => readonly string[],
): readonly TextEdit[] {
  const { depth } = node;
  const { lineBreak } = style;
  const last = node.members.at(-1);
  if (last === undefined) {
    const at = node.content + 1;
    return [{ start: at, end: at, text: render(undefined).join(", "), depth }];
  }
  const comma = text[skipBlank(text, last.end)] === "," ? skipBlank(text, last.end) + 1 : undefined;
  const indent = indentationBefore(text, last.start);
  const isSpread = indent !== undefined && lineStart(text, last.start) > node.content;
  if (!isSpread) {
    const space = spaceBetween(text, node, style);
    const members = render(undefined).join(`,${space}`);
    return comma === undefined
      ? [{ start: last.end, end: last.end, text: `,${space}${members}`, depth }]
      : [{ start: comma, end: comma, text: `${space}${members},`, depth }];
  }
  const members = render(indent).join(`,${lineBreak}${indent}`);
  const behind = behindComment(text, comma ?? last.end);
  const lines = { start: behind, end: behind, text: `${lineBreak}${indent}${members}`, depth };
  if (comma !== undefined) return [{ ...lines, text: `${lines.text},` }];
  return behind === last.end
    ? [{ ...lines, text: `,${lines.text}` }]
    : [{ start: last.end, end: last.end, text: ",", depth }, lines];
}

/** Offset after a comment on the same line; the given offset without a comment. */
function behindComment(text: string, from: number): number {
  const end = lineEnd(text, from);
  const rest = text.slice(from, end);
  return /^[ \t]*#/.test(rest) ? from + rest.trimEnd().length : from;
}

/** Space after commas, as between the existing members. */
function spaceBetween(text: string, node: CollectionNode, style: DocumentStyle): string {
  const second = node.members[1];
  if (second === undefined) return flowStyle(text, node, style).comma.slice(1);
  return /\s/.test(text[second.start - 1] ?? "") ? " " : "";
}

export function flowStyle(text: string, node: CollectionNode, { json }: DocumentStyle): FlowStyle {
  const [first] = node.members;
  const entry = node.kind === "mapping" ? node.members[0] : undefined;
  const quoted = json || entry?.quoted === true;
  const isTight = quoted && isTightAfter(text, entry?.colon ?? first?.end);
  return { json: quoted, colon: isTight ? ":" : ": ", comma: isTight ? "," : ", " };
}

function isTightAfter(text: string, at = -1): boolean {
  return at >= 0 && /[^\s,]/.test(text[at] ?? " ");
}

/** Indentation step of a multi-line flow collection; may be a tab. */
export function stepOf(indent: string, text: string, node: CollectionNode): string {
  const outer = text.slice(lineStart(text, node.content), node.content).match(/^\s*/)?.[0] ?? "";
  const step = indent.slice(outer.length);
  return step === "" ? "  " : step;
}
