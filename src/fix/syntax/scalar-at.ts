import type { Segment } from "../../contract/field-path.ts";
import type { Node } from "./node.ts";

/**
 * Range of the scalar at this path, including quotes but not a block scalar's header; undefined if the
 * document has no scalar there.
 */
export function scalarAt(
  root: Node,
  path: readonly Segment[],
): { readonly start: number; readonly end: number } | undefined {
  let node: Node | undefined = root;
  for (const segment of path) node = memberOf(target(node), segment);
  const scalar = target(node);
  if (scalar?.kind !== "scalar" || scalar.content < 0) return undefined;
  return { start: scalar.content, end: scalar.end };
}

function target(node: Node | undefined): Node | undefined {
  return node?.kind === "alias" ? target(node.target) : node;
}

function memberOf(node: Node | undefined, segment: Segment): Node | undefined {
  if (node?.kind === "sequence")
    return typeof segment === "number" ? node.members[segment]?.value : undefined;
  if (node?.kind !== "mapping") return undefined;
  return node.members.findLast(({ key }) => key === segment)?.value;
}
