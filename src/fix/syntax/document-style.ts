import type { Node } from "./node.ts";
import type { BlockStyle } from "./render.ts";
import { lineStart } from "./scan.ts";

/** Style of a document: indentation and spacing. */
export interface DocumentStyle {
  readonly block: BlockStyle;
  /** Whether the document is JSON, and not YAML with some brackets. */
  readonly json: boolean;
  readonly lineBreak: "\n" | "\r\n";
}

/** Style of a document, taken from its first blocks. */
export function documentStyle(text: string, root: Node): DocumentStyle {
  const found: { step?: number; list?: number } = {};
  look(text, root, found);
  const block: BlockStyle = { step: found.step ?? 2, list: found.list ?? 2 };
  const json =
    root.kind !== "scalar" && root.kind !== "alias" && text.slice(root.content, root.content + 1) === "{";
  return { block, json: json && isJson(root), lineBreak: text.includes("\r\n") ? "\r\n" : "\n" };
}

/** Whether the document is JSON, whose keys are in quotes: YAML may use braces, too. */
function isJson(root: Node): boolean {
  return root.kind === "mapping" && root.members.every(({ quoted }) => quoted);
}

function look(text: string, node: Node, found: { step?: number; list?: number }): void {
  if (node.kind !== "mapping" && node.kind !== "sequence") return;
  for (const member of node.members) {
    if (found.step !== undefined && found.list !== undefined) return;
    const { value } = member;
    if ("key" in member && node.style === "block" && value.kind !== "scalar" && value.kind !== "alias") {
      const deeper = column(text, value.members[0]?.start ?? value.content) - column(text, member.start);
      if (value.style === "block" && value.kind === "mapping") found.step ??= deeper;
      if (value.style === "block" && value.kind === "sequence") found.list ??= deeper;
    }
    look(text, value, found);
  }
}

function column(text: string, at: number): number {
  return at - lineStart(text, at);
}
