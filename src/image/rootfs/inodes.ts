import type { EntryKind } from "../layer/entries.ts";
import { type Node, newNode } from "./node.ts";

/** Metadata shared by all names of a file. */
export interface Metadata extends Pick<EntryKind, "mode" | "uid" | "gid"> {
  /** Value of `security.capability`, hexadecimal. */
  readonly capability: string | undefined;
}

/**
 * Names of each file of a layer. containerd, Docker and Podman set owner, mode and capability of a hard link
 * after creating it, which changes the file under all its names. A link without a capability removes the
 * file's capability in containerd, and keeps it in Podman; here it is removed.
 */
export class Inodes {
  readonly #capabilities: ReadonlyMap<number, string>;
  readonly #names = new Map<number, Node[]>();
  readonly #changed = new Map<number, Metadata>();

  /** @param capabilities capabilities of the layer, by entry */
  constructor(capabilities: Iterable<readonly [entry: number, hex: string]>) {
    this.#capabilities = new Map(capabilities);
  }

  /** Metadata changed by hard links, by the entry that holds the content. */
  get changed(): ReadonlyMap<number, Metadata> {
    return this.#changed;
  }

  /** @param link node of the hard link's entry @returns another name of the file */
  link(source: Node, link: Node): Node {
    const { entry } = source.source;
    const named = newNode(source.kind, link.place, source.source);
    const names = this.#names.get(entry) ?? [source];
    this.#names.set(entry, names);
    names.push(named);
    if (source.kind.type !== "symlink") this.#apply(entry, names, link);
    // A symbolic link has no mode of its own, only an owner.
    else for (const name of names) name.kind = { ...source.kind, uid: link.kind.uid, gid: link.kind.gid };
    return named;
  }

  #apply(entry: number, names: readonly Node[], link: Node): void {
    const { mode, uid, gid } = link.kind;
    const [{ kind } = link] = names;
    const before = this.#changed.get(entry)?.capability ?? this.#capabilities.get(entry);
    const capability = this.#capabilities.get(link.place.entry) ?? before;
    if (mode === kind.mode && uid === kind.uid && gid === kind.gid && capability === before) return;
    for (const name of names) name.kind = { type: kind.type, mode, uid, gid };
    this.#changed.set(entry, { mode, uid, gid, capability });
  }
}
