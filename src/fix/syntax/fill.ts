import { columnOf, joined } from "./block.ts";
import type { DocumentStyle } from "./document-style.ts";
import type { Json } from "./edit.ts";
import { flowStyle, stepOf } from "./flow.ts";
import type { Entry, MappingNode } from "./node.ts";
import { unknownShape } from "./refused.ts";
import { blockChildren, flowText, prettyText, scalarText } from "./render.ts";
import { indentationBefore, nextLine } from "./scan.ts";
import type { TextEdit } from "./text-edit.ts";

/** Edit that sets a key's value, whether the key had a value or not. */
export function fill(
  text: string,
  mapping: MappingNode,
  { value: node, colon, keyEnd, start, end }: Entry,
  value: Json,
  style: DocumentStyle,
): readonly TextEdit[] {
  const { depth } = node;
  const isScalar = typeof value !== "object" || value === null;
  if (node.kind === "scalar" && !node.isNull) {
    if (!isScalar || node.style === "block") throw unknownShape();
    const json = node.style === "double";
    const single = node.style === "single" && typeof value === "string" && !value.includes("'");
    const written = single ? `'${value}'` : scalarText(value, json);
    return [{ start: node.content, end: node.end, text: written, depth }];
  }
  if (colon < 0) {
    const flow = flowStyle(text, mapping, style);
    return [{ start: keyEnd, end: keyEnd, text: `${flow.colon}${flowText(value, flow)}`, depth }];
  }
  // Anchor and tag stay; an explicit null is replaced.
  const from = node.start >= 0 && node.content > node.start ? propertiesEnd(text, node.content) : colon;
  const old = text.slice(from, Math.max(end, from));
  if (/[#\n]/.test(old)) throw unknownShape();
  if (isScalar || mapping.style !== "block") {
    const indent = indentationBefore(text, start);
    const written =
      style.json && indent !== undefined && !isScalar
        ? prettyText(value, indent, stepOf(indent, text, mapping), style.lineBreak)
        : flowText(value, flowStyle(text, mapping, style));
    const space = style.json ? flowStyle(text, mapping, style).colon.slice(1) : " ";
    return [{ start: from, end: from + old.length, text: `${space}${written}`, depth }];
  }
  const lines = blockChildren(value, columnOf(text, start), style.block);
  const below = nextLine(text, from + old.length);
  return [
    { start: from, end: from + old.length, text: "", depth },
    { start: below, end: below, text: joined(text, below, lines, style), depth },
  ].filter((edit) => edit.text !== "" || edit.end > edit.start);
}

function propertiesEnd(text: string, content: number): number {
  return text.slice(0, content).trimEnd().length;
}
