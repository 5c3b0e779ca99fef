import type { FileFacts, FileHeader, FileType } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { LayerEntries } from "../layer/entries.ts";
import { corruptImage } from "../tar/corrupt-image.ts";
import { normalizePath } from "../tar/path.ts";
import { findNode, type Search } from "./find.ts";
import { LayerTrees, type OpenLink } from "./layer-tree.ts";
import { mergeLayer } from "./merge-layer.ts";
import {
  type EntryPlace,
  IMPLICIT,
  implicitDirectory,
  type Leaf,
  type Node,
  nodeOf,
  placeOf,
} from "./node.ts";

/** A file in the container's view. */
export interface RootFile
  extends Omit<FileFacts, "realPath" | "implicit" | "hidden" | "content" | "truncated"> {
  /** Path, absolute and without symbolic links. */
  readonly path: string;
  /**
   * Layer of the file's entry; for a folder without an entry, the lowest layer with content in the folder.
   */
  readonly layer: number;
  /** Entry that created this name; absent for a directory without an entry. */
  readonly place?: EntryPlace;
  /** Entry with the content; for a hard link, the entry of its target. */
  readonly source: EntryPlace;
}

export interface Selected<T> {
  readonly file: RootFile;
  readonly chosen: T;
}

/** The root file system of a container: an image's layers merged as overlayfs does. */
export class RootFs {
  readonly #layers: readonly LayerEntries[];
  readonly #links: readonly ReadonlyMap<number, string>[];
  readonly #capabilities: readonly Map<number, string | undefined>[];
  readonly #search: Search;
  readonly #moved = new Set<Node>();
  #shown: Shown | undefined;

  /**
   * @param layers bottom first
   * @param isComplete whether all layers were read; otherwise a hard link may have an unread target
   * @param trees trees of layers that are already unpacked, which become part of this object
   * @throws InvalidInputError layer-path, layer-whiteout, layer-opaque, layer-disputed, layer-hard-link,
   * image-path-limit
   */
  constructor(layers: readonly LayerEntries[], isComplete = true, trees = new LayerTrees()) {
    this.#layers = layers;
    this.#links = layers.map(({ links }) => new Map(links));
    this.#capabilities = layers.map(({ capabilities }) => new Map(capabilities));
    this.#search = {
      root: implicitDirectory(0),
      followLast: false,
      linkOf: (node) => this.#linkOf(node),
      nodeOf: (leaf) => this.#nodeOf(leaf),
    };
    for (const [index, entries] of layers.entries()) {
      const tree = trees.take(index, entries);
      const { root, openLinks, moved, changed } = tree;
      for (const node of moved) this.#moved.add(node);
      for (const [entry, { capability }] of changed) this.#capabilities[index]?.set(entry, capability);
      for (const link of openLinks) this.#close(link, isComplete);
      mergeLayer(this.#search.root, root, tree);
    }
  }

  /**
   * File at this path, with symbolic links followed; undefined if there is none, or if links form a cycle.
   */
  resolve(path: string): RootFile | undefined {
    return this.#find(path, true);
  }

  /** File at this path. A symbolic link in the last segment is not followed; other links are. */
  lookUp(path: string): RootFile | undefined {
    return this.#find(path, false);
  }

  /**
   * All files, root first, for which `choose` returns a value, with that value.
   *
   * @param isCandidate cheap test by an entry's own path; `choose` is called for files elsewhere in any case
   */
  select<T>(
    choose: (file: FileHeader) => T | undefined,
    isCandidate: (place: EntryPlace) => boolean = () => true,
  ): readonly Selected<T>[] {
    const selected: Selected<T>[] = [];
    visit("", "", this.#search.root, (folder, name, child) => {
      const place = placeOf(child);
      const isMoved = typeof child === "object" && this.#moved.has(child);
      if (place.entry !== IMPLICIT && !isMoved && !isCandidate(place)) return;
      const node = typeof child === "number" ? this.#nodeOf(child) : child;
      const { kind } = node;
      const path = `${folder}/${name}`;
      const type = kind.type as FileType;
      const chosen = choose({ path, type, mode: kind.mode, capability: this.#capabilityOf(node) });
      if (chosen !== undefined) selected.push({ file: this.#fileOf(path, node), chosen });
    });
    return selected;
  }

  /** Whether this entry of this layer is visible in the container. */
  shows({ layer, entry }: EntryPlace): boolean {
    return this.#markShown().names[layer]?.[entry] === 1;
  }

  /**
   * Whether the container sees the content of this entry of this layer, under its own name or a hard link's.
   */
  showsContent({ layer, entry }: EntryPlace): boolean {
    return this.#markShown().contents[layer]?.[entry] === 1;
  }

  /** Path of this entry of this layer in the container; undefined for a directory without an entry. */
  nameOf({ layer, entry }: EntryPlace): string | undefined {
    return this.#layers[layer]?.paths[entry];
  }

  #markShown(): Shown {
    if (this.#shown !== undefined) return this.#shown;
    const none = () => this.#layers.map(({ paths }) => new Uint8Array(paths.length));
    this.#shown = { names: none(), contents: none() };
    mark(this.#search.root, this.#shown);
    return this.#shown;
  }

  #find(path: string, followLast: boolean): RootFile | undefined {
    const found = findNode({ ...this.#search, followLast }, normalizePath(path));
    return found === undefined ? undefined : this.#fileOf(found.path, found.node);
  }

  #fileOf(path: string, node: Node): RootFile {
    const { kind, place, source } = node;
    const { type, mode, uid, gid } = kind;
    const link = type === "symlink" ? this.#links[source.layer]?.get(source.entry) : undefined;
    const capability = this.#capabilityOf(node);
    return {
      path,
      layer: place.layer,
      type: type as FileType,
      mode,
      uid,
      gid,
      size: this.#layers[source.layer]?.sizes[source.entry] ?? 0,
      ...(link === undefined ? {} : { link }),
      ...(capability === undefined ? {} : { capability }),
      ...(place.entry === IMPLICIT ? {} : { place }),
      source,
    };
  }

  #capabilityOf({ source }: Node): string | undefined {
    return this.#capabilities[source.layer]?.get(source.entry);
  }

  #nodeOf(leaf: Leaf): Node {
    const entries = this.#layers[placeOf(leaf).layer];
    if (entries === undefined) throw new RangeError(`${leaf} is in no layer`);
    return nodeOf(leaf, entries);
  }

  #linkOf({ source }: Node): string {
    return this.#links[source.layer]?.get(source.entry) ?? "";
  }

  /**
   * Resolves hard links to files of lower layers, which work in runtimes that unpack all layers into one
   * directory.
   */
  #close({ node, path, target }: OpenLink, isComplete: boolean): void {
    const found = findNode(this.#search, target)?.node;
    if (found === undefined && !isComplete) {
      node.kind = { ...node.kind, type: "file" };
      return;
    }
    if (found === undefined || found.children !== undefined) {
      throw corruptImage("layer-hard-link", {
        fr: `la cible du lien physique ${quoted(path)} n'existe pas dans l'image : ${quoted(target)}`,
        en: `the target of the hard link ${quoted(path)} is not in the image: ${quoted(target)}`,
      });
    }
    node.kind = found.kind;
    node.source = found.source;
  }
}

/** Receives a node with folder and name, both empty for the root. Callers that need the path join them. */
type See = (folder: string, name: string, node: Node | Leaf) => void;

function visit(folder: string, name: string, node: Node | Leaf, see: See): void {
  see(folder, name, node);
  if (typeof node === "number" || node.children === undefined || node.children.size === 0) return;
  const path = name === "" ? "" : `${folder}/${name}`;
  for (const [childName, child] of node.children) visit(path, childName, child, see);
}

/** Visible entries by layer: 1 for each entry whose name, or content, is visible in the container. */
interface Shown {
  readonly names: readonly Uint8Array[];
  readonly contents: readonly Uint8Array[];
}

function mark(node: Node | Leaf, shown: Shown): void {
  const place = placeOf(node);
  markEntry(shown.names, place);
  markEntry(shown.contents, typeof node === "number" ? place : node.source);
  if (typeof node === "number" || node.children === undefined) return;
  for (const child of node.children.values()) mark(child, shown);
}

function markEntry(shown: readonly Uint8Array[], { layer, entry }: EntryPlace): void {
  const entries = shown[layer];
  if (entries !== undefined && entry !== IMPLICIT) entries[entry] = 1;
}
