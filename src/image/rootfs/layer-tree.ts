// One layer unpacked separately, as containerd and Docker do for overlayfs: names are resolved within this
// layer, so that a folder in its tar hides a symbolic link in lower layers.

import { baseName } from "../../contract/base-name.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { LayerEntries } from "../layer/entries.ts";
import { corruptImage } from "../tar/corrupt-image.ts";
import { directoryOf } from "../tar/path.ts";
import { findNode, type Search } from "./find.ts";
import { Inodes, type Metadata } from "./inodes.ts";
import { IMPLICIT, implicitDirectory, type Leaf, leafOf, type Node, newNode, nodeOf } from "./node.ts";
import { StepCounter } from "./step-counter.ts";

/** A hard link whose target may be in a lower layer. */
export interface OpenLink {
  readonly node: Node;
  readonly path: string;
  /** Path in lower layers; for a link to another open link, the target of the latter. */
  readonly target: string;
}

export interface LayerTree {
  /** Root, no deeper than LIMITS.pathBytes / 2, so that recursion is safe. */
  readonly root: Node;
  readonly hasWhiteouts: boolean;
  readonly openLinks: readonly OpenLink[];
  /** Nodes whose path differs from their entry's, because of links. */
  readonly moved: ReadonlySet<Node>;
  /**
   * Folders, with paths, whose content in lower layers is shown by some engines (overlayfs) and hidden by
   * others (which unpack layers on top of each other).
   */
  readonly disputed: ReadonlyMap<Node, string>;
  /** Metadata changed by hard links, by the entry that holds the content. */
  readonly changed: ReadonlyMap<number, Metadata>;
}

/** @throws InvalidInputError layer-path, layer-whiteout, layer-opaque, image-path-limit */
export function unpackLayer(entries: LayerEntries, layer: number, steps = new StepCounter()): LayerTree {
  return new TreeBuilder(entries, layer, steps).build();
}

/** Layers of one image, each unpacked once its entries are known, in any order. */
export class LayerTrees {
  readonly #steps = new StepCounter();
  readonly #trees = new Map<number, LayerTree>();

  /** @param layer index of the layer in the image */
  unpack(layer: number, entries: LayerEntries): void {
    try {
      this.#trees.set(layer, unpackLayer(entries, layer, this.#steps));
    } catch {
      // Ignored here: the error recurs when the layer is taken, so that the reported error does not depend on
      // timing.
    }
  }

  /**
   * Tree of a layer, which the caller may change by merging.
   *
   * @throws InvalidInputError layer-path, image-path-limit
   */
  take(layer: number, entries: LayerEntries): LayerTree {
    const tree = this.#trees.get(layer) ?? unpackLayer(entries, layer, this.#steps);
    this.#trees.delete(layer);
    return tree;
  }
}

class TreeBuilder {
  readonly #entries: LayerEntries;
  readonly #layer: number;
  readonly #root: Node;
  readonly #links: ReadonlyMap<number, string>;
  readonly #search: Search;
  readonly #openLinks = new Map<Node, OpenLink>();
  readonly #moved = new Set<Node>();
  readonly #disputed = new Map<Node, string>();
  readonly #inodes: Inodes;
  #hasWhiteouts = false;
  #lastDirectory = "";
  #lastNode: Node;
  #lastMoved = false;

  constructor(entries: LayerEntries, layer: number, steps: StepCounter) {
    this.#entries = entries;
    this.#layer = layer;
    this.#links = new Map(entries.links);
    this.#inodes = new Inodes(entries.capabilities);
    this.#root = implicitDirectory(layer);
    this.#lastNode = this.#root;
    this.#search = {
      root: this.#root,
      followLast: true,
      linkOf: (node) => this.#links.get(node.source.entry) ?? "",
      nodeOf: (leaf) => nodeOf(leaf, entries),
      step: () => steps.step(),
    };
  }

  build(): LayerTree {
    const { paths, kinds, kindOf } = this.#entries;
    for (const [entry, path] of paths.entries()) {
      const kind = kinds[kindOf[entry] ?? 0];
      if (kind === undefined || kind.ignored === true) continue;
      const node = newNode(kind, { layer: this.#layer, entry });
      if (kind.type === "opaque") this.#hideBelow(path);
      else if (path === "/") updateDirectory(this.#root, node);
      else if (kind.type === "hardlink") this.#addHardLink(node, path);
      else this.#add(node, path);
    }
    return {
      root: this.#root,
      hasWhiteouts: this.#hasWhiteouts,
      openLinks: [...this.#openLinks.values()],
      moved: this.#moved,
      disputed: this.#disputed,
      changed: this.#inodes.changed,
    };
  }

  /** Marks a folder as opaque. The root is disputed, since overlayfs has no opaque root. */
  #hideBelow(path: string): void {
    const directory = this.#directory(path);
    if (this.#holdsImplicit(directory)) throw hidesOwn(path);
    directory.opaque = true;
    if (directory === this.#root) this.#disputed.set(directory, path);
  }

  /** Whether the folder contains a folder without an entry of its own. */
  #holdsImplicit({ children }: Node): boolean {
    for (const child of children?.values() ?? []) {
      this.#search.step?.();
      if (typeof child === "number" || child.children === undefined) continue;
      if (child.place.entry === IMPLICIT || this.#holdsImplicit(child)) return true;
    }
    return false;
  }

  #add(node: Node, path: string): void {
    const siblings = this.#directory(directoryOf(path)).children ?? new Map<string, Node | Leaf>();
    const isMoved = this.#lastMoved;
    const name = baseName(path);
    const before = siblings.get(name);
    if (node.kind.type === "whiteout") {
      this.#hasWhiteouts = true;
      if (before !== undefined) throw deletesOwn(path);
      siblings.set(name, node);
      return;
    }
    if (isMoved) this.#moved.add(node);
    // A replaced leaf needs no clean-up.
    const earlier = typeof before === "number" ? undefined : before;
    if (isMoved && earlier !== undefined) this.#moved.add(earlier);
    if (earlier !== undefined && updateDirectory(earlier, node)) return;
    node.opaque = earlier?.kind.type === "whiteout" || earlier?.opaque === true;
    if (before !== undefined && node.children !== undefined) this.#disputed.set(node, path);
    siblings.set(name, isMoved ? node : (leafOf(node) ?? node));
    // The remembered folder may be inside the replaced folder.
    if (before !== undefined) this.#remember("", this.#root, false);
  }

  #addHardLink(node: Node, path: string): void {
    const named = this.#links.get(node.place.entry) ?? "/";
    const source = findNode({ ...this.#search, followLast: false }, named)?.node;
    if (source !== undefined && isLinkable(source)) {
      return this.#add(this.#inodes.link(source, node), path);
    }
    // An open link's name belongs to this layer; lower layers may have another file there.
    const target = (source && this.#openLinks.get(source)?.target) ?? named;
    this.#add(node, path);
    this.#openLinks.set(node, { node, path, target });
  }

  /**
   * Directory at a path, created if missing. The last directory is remembered, since tars list a directory's
   * files together.
   */
  #directory(path: string): Node {
    if (path === this.#lastDirectory) return this.#lastNode;
    const make = (parent: Node, name: string) => this.#makeDirectory(parent, name);
    const found = findNode({ ...this.#search, make }, path);
    if (found?.node.children === undefined) throw leadsNowhere(path);
    // The path exceeds PATH_MAX: runtimes, which resolve links themselves, cannot access it either.
    if (found.path.length > LIMITS.pathBytes) throw leadsTooDeep(path);
    this.#remember(path, found.node, found.path !== path);
    return found.node;
  }

  #makeDirectory(parent: Node, name: string): Node {
    const made = implicitDirectory(this.#layer);
    made.opaque = parent.children?.has(name) === true;
    if (made.opaque) this.#disputed.set(made, name);
    parent.children?.set(name, made);
    return made;
  }

  #remember(path: string, node: Node, isMoved: boolean): void {
    this.#lastDirectory = path;
    this.#lastNode = node;
    this.#lastMoved = isMoved;
  }
}

/** Updates the metadata of an existing directory; a further entry changes nothing else. */
function updateDirectory(directory: Node, { kind, place }: Node): boolean {
  if (directory.children === undefined || kind.type !== "directory") return false;
  directory.kind = kind;
  directory.place = place;
  directory.source = place;
  return true;
}

/**
 * Whether the node can be the target of a hard link. For a link without a resolved target, this is known only
 * with the lower layers.
 */
function isLinkable({ kind }: Node): boolean {
  return kind.type !== "directory" && kind.type !== "whiteout" && kind.type !== "hardlink";
}

/**
 * Error for a whiteout of a file in the same layer: the specification keeps the file; containerd deletes it,
 * or cannot unpack the layer.
 */
function deletesOwn(path: string): Error {
  return corruptImage("layer-whiteout", {
    fr: `la couche place ${quoted(path)} et le supprime aussi : selon le moteur, il existe ou non`,
    en: `the layer both adds and deletes ${quoted(path)}: whether it exists depends on the engine`,
  });
}

/**
 * Error for an opaque mark on a folder whose subfolders have no entries of their own: unpacking a lowest
 * layer, containerd would delete these subfolders.
 */
function hidesOwn(path: string): Error {
  return corruptImage("layer-opaque", {
    fr: `la couche rend ${quoted(path)} opaque après y avoir mis des fichiers dont elle ne donne pas les répertoires : selon le moteur, ils sont là ou non`,
    en: `the layer makes ${quoted(path)} opaque after it put files there whose directories it does not give: they are there or not depending on the engine`,
  });
}

function leadsNowhere(path: string): Error {
  return corruptImage("layer-path", {
    fr: `la couche place un fichier dans ${quoted(path)}, qui traverse un fichier ou des liens sans fin`,
    en: `the layer puts a file into ${quoted(path)}, which leads through a file or endless links`,
  });
}

function leadsTooDeep(path: string): Error {
  return new InvalidInputError("image-path-limit", {
    fr: `la couche place un fichier dans ${quoted(path)}, qui fait, liens suivis, plus de ${LIMITS.pathBytes} octets (borne pathBytes)`,
    en: `the layer puts a file into ${quoted(path)}, which has, links followed, more than ${LIMITS.pathBytes} bytes (bound pathBytes)`,
  });
}
