// Insertions and replacements, as edits of the text. All other bytes stay unchanged.

import { columnOf, linesAfter } from "./block.ts";
import type { DocumentStyle } from "./document-style.ts";
import type { Json } from "./edit.ts";
import { fill } from "./fill.ts";
import { flowStyle, intoBrackets, stepOf } from "./flow.ts";
import type { CollectionNode, MappingNode, SequenceNode } from "./node.ts";
import { unknownShape } from "./refused.ts";
import { blockEntry, blockItem, flowEntry, flowText, prettyText, scalarText } from "./render.ts";
import type { Changes } from "./targets.ts";
import type { TextEdit } from "./text-edit.ts";

/** Edits that insert into one collection and replace its values, but remove nothing. @throws EditRefused */
export function insertions(
  text: string,
  node: CollectionNode,
  { values, appended }: Changes,
  style: DocumentStyle,
): readonly TextEdit[] {
  if (node.kind === "sequence") return appended.length === 0 ? [] : append(text, node, appended, style);
  const edits: TextEdit[] = [];
  const added: [string, Json][] = [];
  for (const [key, { entry, value }] of values) {
    if (entry === undefined) added.push([key, value]);
    else edits.push(...fill(text, node, entry, value, style));
  }
  if (added.length > 0) edits.push(...add(text, node, added, style));
  return edits;
}

function add(
  text: string,
  node: MappingNode,
  added: readonly (readonly [string, Json])[],
  style: DocumentStyle,
): readonly TextEdit[] {
  if (node.style === "pair") throw unknownShape();
  if (node.style === "flow") {
    const flow = flowStyle(text, node, style);
    return intoBrackets(text, node, style, (indent) =>
      added.map(([key, value]) =>
        indent === undefined || !style.json
          ? flowEntry(key, value, flow)
          : `${scalarText(key, true)}: ${prettyText(value, indent, stepOf(indent, text, node), style.lineBreak)}`,
      ),
    );
  }
  const indent = columnOf(text, node.members[0]?.start ?? 0);
  const lines = added.flatMap(([key, value]) => blockEntry(key, value, indent, style.block));
  return [linesAfter(text, node, indent.length, lines, style)];
}

function append(
  text: string,
  node: SequenceNode,
  appended: readonly Json[],
  style: DocumentStyle,
): readonly TextEdit[] {
  if (node.style === "flow") {
    const flow = flowStyle(text, node, style);
    return intoBrackets(text, node, style, (indent) =>
      appended.map((item) =>
        indent === undefined || !style.json
          ? flowText(item, flow)
          : prettyText(item, indent, stepOf(indent, text, node), style.lineBreak),
      ),
    );
  }
  const indent = columnOf(text, node.members[0]?.start ?? 0);
  const lines = appended.flatMap((item) => blockItem(item, indent, style.block));
  return [linesAfter(text, node, indent.length + 1, lines, style)];
}
