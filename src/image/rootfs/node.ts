import { LIMITS } from "../../contract/limits.ts";
import type { EntryKind, LayerEntries } from "../layer/entries.ts";

/** Place of an entry in an image: layer and entry, both counted from 0. */
export interface EntryPlace {
  readonly layer: number;
  readonly entry: number;
}

/** Name in a file tree. Folders have children; the `source` of a hard link is the entry with its content. */
export interface Node {
  kind: EntryKind;
  place: EntryPlace;
  source: EntryPlace;
  readonly children: Children | undefined;
  /** Set if the folder hides its content in lower layers. */
  opaque: boolean;
}

/**
 * A regular file at its entry's own path with its entry's own content, as one number. Nearly all files of an
 * image are leaves, while a million nodes would take 100 MB.
 */
export type Leaf = number;

/** Children by name: a node, or a leaf for a plain regular file. */
type Children = Map<string, Node | Leaf>;

/** Entry number of a folder without an entry of its own. */
export const IMPLICIT = -1;

const IMPLICIT_KIND: EntryKind = { type: "directory", mode: 0o755, uid: 0, gid: 0 };

export function implicitDirectory(layer: number): Node {
  return newNode(IMPLICIT_KIND, { layer, entry: IMPLICIT });
}

export function newNode(kind: EntryKind, place: EntryPlace, source = place): Node {
  const children: Children | undefined = kind.type === "directory" ? new Map() : undefined;
  return { kind, place, source, children, opaque: false };
}

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

/** @param entries entries of the leaf's layer */
export function nodeOf(leaf: Leaf, { kinds, kindOf }: LayerEntries): Node {
  const place = placeOf(leaf);
  const kind = kinds[kindOf[place.entry] ?? 0];
  if (kind === undefined) throw new RangeError(`entry ${place.entry} has no kind`);
  return newNode(kind, place);
}
