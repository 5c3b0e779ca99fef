import type { EntryKind } from "../layer/entries.ts";

/** Place of an entry in an image: layer and entry, both counted from 0. */
export interface EntryPlace {
  readonly layer: number;
  readonly entry: number;
}

/**
 * A name in a file tree. Folders have children; the `source` of a hard link is the entry with its content.
 */
export interface Node {
  kind: EntryKind;
  place: EntryPlace;
  source: EntryPlace;
  readonly children: Children | undefined;
  /** The folder hides its content in lower layers. */
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
