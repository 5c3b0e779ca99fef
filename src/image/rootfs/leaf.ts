import { LIMITS } from "../../contract/limits.ts";
import type { LayerEntries } from "../layer/entries.ts";
import { type EntryPlace, type Leaf, type Node, newNode } from "./node.ts";

/** Multiplier for the layer in a leaf: greater than any number of entries. */
const PER_LAYER = LIMITS.entriesPerImage + 1;

/** Leaf equivalent to this node; undefined if the node contains more than a leaf can. */
export function leafOf({ kind, place, source, opaque }: Node): Leaf | undefined {
  const isPlain = kind.type === "file" && place === source && !opaque;
  return isPlain ? place.layer * PER_LAYER + place.entry : undefined;
}

export function placeOf(child: Node | Leaf): EntryPlace {
  if (typeof child !== "number") return child.place;
  return { layer: Math.floor(child / PER_LAYER), entry: child % PER_LAYER };
}

/** @param entries of the leaf's layer */
export function nodeOf(leaf: Leaf, { kinds, kindOf }: LayerEntries): Node {
  const place = placeOf(leaf);
  const kind = kinds[kindOf[place.entry] ?? 0];
  if (kind === undefined) throw new RangeError(`entry ${place.entry} has no kind`);
  return newNode(kind, place);
}
