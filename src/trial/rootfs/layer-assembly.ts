import { chmodSync, lchownSync, linkSync, lutimesSync, mkdirSync, renameSync, symlinkSync } from "node:fs";
import type { LayerEntries } from "../../image/layer/entries.ts";
import type { LayerTree } from "../../image/rootfs/layer-tree.ts";
import { IMPLICIT, type Leaf, type Node, nodeOf } from "../../image/rootfs/node.ts";
import type { ContentPool } from "./content-pool.ts";
import { diskPath } from "./disk-path.ts";
import type { SpecialEntry } from "./special-entries.ts";
import type { UnpackNote } from "./unpack-note.ts";
import type { Ownership } from "./user-namespace-ids.ts";

/**
 * A layer's tree, built in a new folder from pooled contents. Folders are created before their content, and
 * no other process writes there, so no path leads through a link.
 */
export class LayerAssembly {
  /** Entries that Node cannot create. */
  readonly special: SpecialEntry[] = [];
  readonly notes: UnpackNote[] = [];
  readonly #pool: ContentPool;
  readonly #entries: LayerEntries;
  readonly #links: ReadonlyMap<number, string>;
  readonly #capabilities: Map<number, string | undefined>;
  readonly #changed: LayerTree["changed"];
  readonly #directory: string;
  readonly #ownership: Ownership;
  readonly #directories: { readonly disk: string | Buffer; readonly node: Node }[] = [];
  /** Path under which an entry's content already exists. */
  readonly #placed = new Map<number, string>();

  readonly #root: Node;

  constructor(tree: LayerTree, pool: ContentPool, directory: string, ownership: Ownership) {
    this.#root = tree.root;
    this.#pool = pool;
    this.#entries = pool.entries;
    this.#links = new Map(this.#entries.links);
    this.#capabilities = new Map(this.#entries.capabilities);
    for (const [entry, { capability }] of tree.changed) this.#capabilities.set(entry, capability);
    this.#changed = tree.changed;
    this.#directory = directory;
    this.#ownership = ownership;
  }

  /** Creates all entries, one per step. */
  *make(): Generator<void, void> {
    const open = [this.#enter("/", this.#root)];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      const next = at.children.next();
      if (next.done === true) {
        open.pop();
        if (open.length > 0) this.#noteOwner(at.path, at.node);
        continue;
      }
      const [name, leafOrNode] = next.value;
      const child = typeof leafOrNode === "number" ? nodeOf(leafOrNode, this.#entries) : leafOrNode;
      const path = at.path === "/" ? `/${name}` : `${at.path}/${name}`;
      if (child.children === undefined) {
        this.#addLeaf(path, child);
        this.#noteOwner(path, child);
      } else open.push(this.#enter(path, child));
      yield;
    }
  }

  /** Sets modes, owners and times of directories, one per step, after their content was created. */
  *finish(): Generator<void, void> {
    for (const { disk, node } of this.#directories.toReversed()) {
      this.#ownership.apply(node.kind, (uid, gid) => lchownSync(disk, uid, gid));
      chmodSync(disk, node.kind.mode);
      const time = this.#timeOf(node);
      lutimesSync(disk, time, time);
      yield;
    }
  }

  #enter(path: string, node: Node): OpenDirectory {
    const disk = diskPath(this.#directory, path);
    mkdirSync(disk, 0o700);
    this.#directories.push({ disk, node });
    if (node.opaque) this.special.push({ kind: "opaque", path });
    return { path, node, children: (node.children ?? new Map<string, Node | Leaf>()).entries() };
  }

  #addLeaf(path: string, node: Node): void {
    switch (node.kind.type) {
      case "file":
        return this.#addFile(path, node);
      case "symlink":
        return this.#addSymlink(path, node);
      case "fifo":
        this.special.push({ kind: "fifo", path, node: this.#headerOf(node) });
        return;
      case "character":
      case "block":
        // Containers get no devices from images; the entry still hides lower layers.
        this.notes.push({ kind: "device", path });
        this.special.push({ kind: "whiteout", path });
        return;
      case "whiteout":
        this.special.push({ kind: "whiteout", path });
        return;
      // Hard links to lower layers are created in a layer above: see lower-links.ts.
      default:
    }
  }

  #addFile(path: string, node: Node): void {
    const { entry } = node.source;
    const placed = this.#placed.get(entry);
    const capability = this.#capabilities.get(entry);
    if (capability !== undefined) {
      const content = { file: this.#pool.path(entry), size: this.#entries.sizes[entry] ?? 0 };
      const header = this.#headerOf(node);
      if (placed !== undefined) this.special.push({ kind: "link", path, target: placed });
      else this.special.push({ kind: "capable", path, node: header, content, capability });
    } else if (placed !== undefined) {
      linkSync(diskPath(this.#directory, placed), diskPath(this.#directory, path));
    } else {
      this.#placeFile(entry, diskPath(this.#directory, path));
    }
    if (placed === undefined) this.#placed.set(entry, path);
  }

  #placeFile(entry: number, disk: string | Buffer): void {
    renameSync(this.#pool.path(entry), disk);
    const changed = this.#changed.get(entry);
    if (changed === undefined) return;
    const { kinds, kindOf } = this.#entries;
    const own = kinds[kindOf[entry] ?? 0];
    if (own !== undefined) this.#ownership.apply(own, () => lchownSync(disk, 0, 0));
    this.#ownership.apply(changed, (uid, gid) => lchownSync(disk, uid, gid));
    chmodSync(disk, changed.mode);
  }

  #addSymlink(path: string, node: Node): void {
    const disk = diskPath(this.#directory, path);
    symlinkSync(diskPath(this.#links.get(node.source.entry) ?? "", ""), disk);
    this.#ownership.apply(node.kind, (uid, gid) => lchownSync(disk, uid, gid));
    const time = this.#timeOf(node);
    lutimesSync(disk, time, time);
  }

  #headerOf(node: Node) {
    const { mode } = node.kind;
    return { mode, ...this.#ownership.mapped(node.kind), mtime: Math.max(0, Math.floor(this.#timeOf(node))) };
  }

  #timeOf({ source }: Node): number {
    return source.entry === IMPLICIT ? 0 : (this.#pool.times[source.entry] ?? 0);
  }

  #noteOwner(path: string, { kind }: Node): void {
    if (!this.#ownership.holds(kind)) this.notes.push({ kind: "owner", path });
  }
}

/** A folder whose children are being created. */
interface OpenDirectory {
  readonly path: string;
  readonly node: Node;
  readonly children: Iterator<readonly [string, Node | Leaf], undefined>;
}
