import type { FileType } from "../../contract/image-facts.ts";
import { corruptImage } from "../corrupt-image.ts";
import type { LayerEntries } from "../layer/entries.ts";
import { quote } from "../quote.ts";
import { findNode, type Search } from "./find.ts";
import { type OpenLink, unpackLayer } from "./layer-tree.ts";
import { mergeLayer } from "./merge.ts";
import { type EntryPlace, IMPLICIT, implicitDirectory, type Node } from "./node.ts";
import { normalizePath } from "./path.ts";
import { StepCounter } from "./step-counter.ts";

/** A file as the container sees it. */
export interface RootFile {
  /** Absolute, without symbolic links in it. */
  readonly path: string;
  readonly type: FileType;
  /** 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
  /** Target of a symbolic link, as written. */
  readonly link?: string;
  /** `security.capability`, hexadecimal. */
  readonly capability?: string;
  /** The entry that gave this name; absent for a directory that no entry makes. */
  readonly place?: EntryPlace;
  /** The entry that holds the content: of a hard link, the one it names. */
  readonly source: EntryPlace;
}

/** The root file system of a container: an image's layers merged as overlayfs does. */
export class RootFs {
  readonly #layers: readonly LayerEntries[];
  readonly #links: readonly ReadonlyMap<number, string>[];
  readonly #capabilities: readonly ReadonlyMap<number, string>[];
  readonly #search: Search;

  /**
   * @param layers bottom first
   * @param isComplete every layer was read; otherwise a hard link may name a file that was not
   * @throws InvalidInputError layer-path, layer-hard-link, image-path-limit
   */
  constructor(layers: readonly LayerEntries[], isComplete = true) {
    this.#layers = layers;
    this.#links = layers.map(({ links }) => new Map(links));
    this.#capabilities = layers.map(({ capabilities }) => new Map(capabilities));
    this.#search = {
      root: implicitDirectory(0),
      followLast: false,
      linkOf: (node) => this.#linkOf(node),
    };
    const steps = new StepCounter();
    for (const [index, entries] of layers.entries()) {
      const { root, hasWhiteouts, openLinks } = unpackLayer(entries, index, steps);
      for (const link of openLinks) this.#close(link, isComplete);
      mergeLayer(this.#search.root, root, hasWhiteouts);
    }
  }

  /** The file of this name, symbolic links followed; undefined when there is none, or they go in circles. */
  resolve(path: string): RootFile | undefined {
    return this.#find(path, true);
  }

  /** The file of this name itself, even a symbolic link; those on the way to it are followed. */
  lookUp(path: string): RootFile | undefined {
    return this.#find(path, false);
  }

  /** Every file, a directory before what is in it; the root itself comes first. */
  *files(): Generator<RootFile> {
    const stack: [path: string, node: Node][] = [["", this.#search.root]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [path, node] = next;
      yield this.#fileOf(path === "" ? "/" : path, node);
      for (const [name, child] of node.children ?? []) stack.push([`${path}/${name}`, child]);
    }
  }

  #find(path: string, followLast: boolean): RootFile | undefined {
    const found = findNode({ ...this.#search, followLast }, normalizePath(path));
    return found === undefined ? undefined : this.#fileOf(found.path, found.node);
  }

  #fileOf(path: string, { kind, place, source }: Node): RootFile {
    const { type, mode, uid, gid } = kind;
    const link = type === "symlink" ? this.#links[source.layer]?.get(source.entry) : undefined;
    const capability = this.#capabilities[source.layer]?.get(source.entry);
    return {
      path,
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

  #linkOf({ source }: Node): string {
    return this.#links[source.layer]?.get(source.entry) ?? "";
  }

  /** Runtimes that unpack layer by layer into one directory let a hard link name a file of a layer below. */
  #close({ node, path, target }: OpenLink, isComplete: boolean): void {
    const found = findNode(this.#search, target)?.node;
    if (found === undefined && !isComplete) {
      node.kind = { ...node.kind, type: "file" };
      return;
    }
    if (found === undefined || found.children !== undefined) {
      throw corruptImage("layer-hard-link", {
        fr: `la cible du lien physique ${quote(path)} n'existe pas dans l'image : ${quote(target)}`,
        en: `the target of the hard link ${quote(path)} is not in the image: ${quote(target)}`,
      });
    }
    node.kind = found.kind;
    node.source = found.source;
  }
}
