import { LIMITS } from "../../../contract/limits.ts";
import type { ExecutablesFacts, UnownedExecutable, UnreadPackages } from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { isDistributionsOwner, ownerName, unmerged } from "../../../sbom/file-lists/file-list.ts";
import type { LayerExecutable, LayerFacts } from "../facts/facts.ts";
import { ComponentFolders } from "./component-folders.ts";
import type { LayerList } from "./hidden-packages.ts";

type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];

/** An executable of a layer. */
interface Executable extends LayerExecutable {
  readonly layer: number;
  readonly path: string;
  readonly bytes: number;
}

/** Owners of an image's programs, libraries and jars. */
export class Executables {
  readonly #layers: Layers;
  /** Executables by layer, then by entry. */
  readonly #all: readonly ReadonlyMap<number, Executable>[];
  /** Executables visible in the container. */
  readonly #shown: readonly Executable[];
  /** Packages that the image declares. */
  readonly #owners: Owners;
  /** Owners that are packages of the distribution. */
  readonly #system: Owners;
  readonly #lists: readonly LayerList[];
  /** Paths of executables without an owner in their own layer, by layer. */
  readonly #at: readonly ReadonlyMap<string, number>[];

  /** @param lists package lists that count, visible or hidden */
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
    // An executable that states its own version owns itself.
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

  /** Archives in folders of a distribution's packages that no package owns; they were not opened. */
  unownedArchives(): readonly UnreadPackages[] {
    const folders = new ComponentFolders(this.#lists);
    return this.#shown
      .filter((one) => one.kind === "archive" && !this.#isListed(one) && !folders.own(one))
      .map(({ path, layer }) => ({ path, layer, cataloger: ARCHIVE, why: "form" }));
  }

  /** Whether any visible file below a folder has an owner. */
  isListedBelow(folder: string): boolean {
    return this.#shown.some((one) => one.path.startsWith(`${folder}/`) && this.#isListed(one));
  }

  /** Whether the list of files of a distribution's package names the content of this entry of this layer. */
  isDistributions(layer: number, entry: number): boolean {
    const found = this.#all[layer]?.get(entry);
    return found !== undefined && this.#isListed(found, this.#system);
  }

  /**
   * Whether a package of the image lists the executable, in the layer that added the file: a later file
   * without a list replaced the package's. A list in a later layer counts if no lower layer has a file at
   * this path; the same content with another mode is the same file.
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
  /** For files listed by a package database of another layer: the highest such layer. */
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
  // The lowest layer replaces nothing.
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
  // Archives were classified earlier.
  const shown = kind === "archive" ? "jar" : kind;
  return { path, ...(inside === undefined ? {} : { inside }), layer, bytes, kind: shown };
}

const ARCHIVE = "archive";
