import { LIMITS } from "../../../contract/limits.ts";
import type { ExecutablesFacts, UnownedExecutable, UnreadPackages } from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { isDistributionsOwner, ownerName } from "../../../sbom/file-lists/file-list.ts";
import { unmerged } from "../../../sbom/file-lists/file-shape.ts";
import type { LayerExecutable, LayerFacts } from "../facts.ts";
import { ComponentFolders } from "./component-folders.ts";
import type { LayerList } from "./hidden-packages.ts";

type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];

/** An executable of a layer. */
interface Executable extends LayerExecutable {
  readonly layer: number;
  readonly path: string;
  readonly bytes: number;
}

/** Who gives an account of an image's programs, libraries and jars. */
export class Executables {
  readonly #layers: Layers;
  /** By layer, then by entry. */
  readonly #all: readonly ReadonlyMap<number, Executable>[];
  /** Those that the container sees. */
  readonly #shown: readonly Executable[];
  /** Packages that the image states. */
  readonly #owners: Owners;
  /** Of these, the distribution's. */
  readonly #system: Owners;
  readonly #lists: readonly LayerList[];
  /** By layer, what stands at the paths of those that no list of their own layer names. */
  readonly #at: readonly ReadonlyMap<string, number>[];

  /** @param lists what counts as stated, hidden or not */
  constructor(layers: Layers, root: RootFs, lists: readonly LayerList[]) {
    this.#layers = layers;
    this.#lists = lists;
    const all = layers.map(executablesOf);
    this.#all = all.map(
      (found) => new Map(found.filter(({ inside }) => inside === undefined).map((one) => [one.entry, one])),
    );
    this.#shown = all.flatMap((found, layer) =>
      found.filter(({ entry }) => root.showsContent({ layer, entry })),
    );
    const names = lists.flatMap(({ list }) => list.packages.map(ownerName));
    this.#owners = ownersOf(layers, names);
    this.#system = ownersOf(layers, names.filter(isDistributionsOwner));
    this.#at = entriesAt(
      layers,
      new Set(this.#shown.filter(({ owner }) => owner === undefined).map(({ path }) => path)),
    );
  }

  facts(): ExecutablesFacts {
    // Of what a program or a jar says of itself, its own entry is the list.
    const known = new Set(
      this.#lists
        .filter(({ list }) => list.unidentified !== true)
        .map(({ list, layer }) => keyOf(layer, list.entry)),
    );
    const folders = new ComponentFolders(this.#lists);
    const shown = this.#shown.filter(({ kind }) => kind !== "archive");
    const unowned = shown.filter(
      (one) => !known.has(keyOf(one.layer, one.entry)) && !this.#isListed(one) && !folders.own(one),
    );
    return {
      count: shown.length,
      bytes: sumOf(shown),
      unowned: unowned.length,
      unownedBytes: sumOf(unowned),
      largestUnowned: unowned.toSorted(larger).slice(0, LIMITS.unownedNamed).map(named),
    };
  }

  /** Archives where a distribution's packages have theirs, of which none brought them: they were not opened. */
  unownedArchives(): readonly UnreadPackages[] {
    const folders = new ComponentFolders(this.#lists);
    return this.#shown
      .filter((one) => one.kind === "archive" && !this.#isListed(one) && !folders.own(one))
      .map(({ path, layer }) => ({ path, layer, cataloger: ARCHIVE, why: "form" }));
  }

  /** Whether lists name something of what the container sees below a directory. */
  isListedBelow(folder: string): boolean {
    return this.#shown.some((one) => one.path.startsWith(`${folder}/`) && this.#isListed(one));
  }

  /** Whether the list of files of a distribution's package names the content of this entry of this layer. */
  isDistributions(layer: number, entry: number): boolean {
    const found = this.#all[layer]?.get(entry);
    return found !== undefined && this.#isListed(found, this.#system);
  }

  /**
   * By the list of a package that the image states, in the layer that brought the file: what writes a
   * file without its list replaced a package's file by another. A list of a later layer counts where
   * no layer below has something at this path; and the same bytes, set to another mode, are the same file.
   */
  #isListed({ layer, path, owner, mark, bytes }: Executable, by = this.#owners): boolean {
    const listed = owner === undefined ? undefined : this.#layers[layer]?.packages.owners[owner]?.owner;
    if (listed !== undefined) return by.names.has(listed);
    for (let below = layer - 1; below >= 0; below--) {
      const entry = this.#at[below]?.get(path);
      if (entry === undefined) continue;
      const other = this.#all[below]?.get(entry);
      return other?.mark === mark && other.bytes === bytes && this.#isListed(other, by);
    }
    return (by.elsewhere.get(unmerged(path)) ?? -1) > layer;
  }
}

function executablesOf({ entries, packages }: Layers[number], layer: number): readonly Executable[] {
  return packages.executables.map((one) => {
    const [path = "", size = 0] = [entries.paths[one.entry], entries.sizes[one.entry]];
    return { ...one, layer, path, bytes: one.bytes ?? size };
  });
}

interface Owners {
  /** See ownerName(). */
  readonly names: ReadonlySet<string>;
  /** Of files that lists of other layers than their own name: the highest layer that does so. */
  readonly elsewhere: ReadonlyMap<string, number>;
}

function ownersOf(layers: Layers, all: readonly string[]): Owners {
  const names = new Set(all);
  return { names, elsewhere: elsewhereOf(layers, names) };
}

function elsewhereOf(layers: Layers, owners: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [layer, { packages }] of layers.entries()) {
    const stated = packages.owners.filter(({ owner }) => owners.has(owner));
    for (const path of stated.flatMap(({ elsewhere }) => elsewhere)) found.set(path, layer);
  }
  return found;
}

function entriesAt(layers: Layers, wanted: ReadonlySet<string>): readonly ReadonlyMap<string, number>[] {
  // Nothing lies below the lowest.
  if (wanted.size === 0 || layers.length < 2) return [];
  return layers.map(({ entries }) => {
    const found = new Map<string, number>();
    for (const [entry, path] of entries.paths.entries()) if (wanted.has(path)) found.set(path, entry);
    return found;
  });
}

function keyOf(layer: number, entry: number): string {
  return `${layer} ${entry}`;
}

function sumOf(executables: readonly Executable[]): number {
  return executables.reduce((sum, { bytes }) => sum + bytes, 0);
}

function larger(a: Executable, b: Executable): number {
  return b.bytes - a.bytes || a.layer - b.layer || a.entry - b.entry;
}

function named({ path, inside, layer, bytes, kind }: Executable): UnownedExecutable {
  // Archives are told apart before.
  const shown = kind === "archive" ? "jar" : kind;
  return { path, ...(inside === undefined ? {} : { inside }), layer, bytes, kind: shown };
}

const ARCHIVE = "archive";
