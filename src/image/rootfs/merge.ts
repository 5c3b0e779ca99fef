import { IMPLICIT, type Node } from "./node.ts";

/** Lays one layer over those below, as overlayfs does. `upper` becomes part of `lower`. */
export function mergeLayer(lower: Node, upper: Node, hasWhiteouts: boolean): void {
  if (upper.opaque) lower.children?.clear();
  if (upper.place.entry !== IMPLICIT) {
    lower.kind = upper.kind;
    lower.place = upper.place;
    lower.source = upper.source;
  }
  for (const [name, node] of upper.children ?? []) {
    const below = lower.children?.get(name);
    if (node.kind.type === "whiteout") lower.children?.delete(name);
    else if (below?.children !== undefined && node.children !== undefined) {
      mergeLayer(below, node, hasWhiteouts);
    } else {
      if (hasWhiteouts) dropWhiteouts(node);
      lower.children?.set(name, node);
    }
  }
}

function dropWhiteouts(node: Node): void {
  for (const [name, child] of node.children ?? []) {
    if (child.kind.type === "whiteout") node.children?.delete(name);
    else dropWhiteouts(child);
  }
}
