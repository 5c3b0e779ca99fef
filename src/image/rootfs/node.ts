import type { EntryKind } from "../layer/entries.ts";

/** Where in an image an entry stands: layer and entry, both counted from 0. */
export interface EntryPlace {
  readonly layer: number;
  readonly entry: number;
}

/** One name of a file tree. Directories have children; a hard link's `source` is the entry it names. */
export interface Node {
  kind: EntryKind;
  place: EntryPlace;
  source: EntryPlace;
  readonly children: Children | undefined;
  /** A directory that hides what the layers below have in it. */
  opaque: boolean;
}

/**
 * A regular file that stands where its entry says, with the content that its entry has, as one number:
 * nearly all files of an image are that, and a million nodes would take 100 MB.
 */
export type Leaf = number;

/** By name: a node, or a leaf for what is nothing but a regular file of one entry. */
type Children = Map<string, Node | Leaf>;

/** The entry number of a directory that no entry of the tar makes, though others lie in it. */
export const IMPLICIT = -1;

const IMPLICIT_KIND: EntryKind = { type: "directory", mode: 0o755, uid: 0, gid: 0 };

export function implicitDirectory(layer: number): Node {
  return newNode(IMPLICIT_KIND, { layer, entry: IMPLICIT });
}

export function newNode(kind: EntryKind, place: EntryPlace, source = place): Node {
  const children: Children | undefined = kind.type === "directory" ? new Map() : undefined;
  return { kind, place, source, children, opaque: false };
}
