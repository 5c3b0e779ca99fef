import { isDistributions } from "../../../contract/distribution-packages.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import { ownerName, unmerged } from "../../../sbom/file-lists/file-list.ts";
import type { LayerFacts } from "../facts/facts.ts";
import { isInstalledBy } from "./distribution-installed.ts";
import type { LayerList } from "./hidden-packages.ts";

/** Distribution packages that list the files of language packages. */
export class ListingPackages {
  /** Packages by file, then by the layer whose list names it. */
  readonly #listed = new Map<string, Map<number, PackageFacts[]>>();
  /** Lowest layer in which each file declares a package. */
  readonly #first = new Map<string, number>();

  /**
   * @param lists package lists of all layers
   * @param stated lists that count, visible or hidden
   */
  constructor(
    layers: readonly Pick<LayerFacts, "packages">[],
    lists: readonly LayerList[],
    stated: readonly LayerList[],
  ) {
    const packages = stated.flatMap(({ list }) => list.packages).filter(isDistributions);
    const byOwner = Map.groupBy(packages, ownerName);
    for (const { list, layer, path } of lists) {
      if (list.inside === undefined && !list.packages.every(isDistributions)) {
        this.#first.set(path, Math.min(layer, this.#first.get(path) ?? layer));
      }
    }
    const wanted = new Map([...this.#first.keys()].map((path) => [unmerged(path), path]));
    for (const [layer, { packages: of }] of layers.entries()) {
      for (const { owner, elsewhere } of byOwner.size === 0 ? [] : of.owners) {
        const known = byOwner.get(owner);
        if (known === undefined) continue;
        const paths = elsewhere.flatMap((file) => wanted.get(file) ?? []);
        for (const path of paths) this.#list(path, layer, known);
      }
    }
  }

  /**
   * Whether a package of the distribution installed this layer's version of the file; a later layer's version
   * is not the package's.
   */
  brought(facts: PackageFacts, path: string, layer: number): boolean {
    const lists = this.#listed.get(path);
    if (lists === undefined) return false;
    return [...lists].some(
      ([of, owners]) =>
        (of === layer || (of > layer && this.#first.get(path) === layer)) &&
        owners.some((owner) => isInstalledBy(facts, path, owner)),
    );
  }

  #list(path: string, layer: number, owners: readonly PackageFacts[]): void {
    const lists = this.#listed.get(path) ?? new Map<number, PackageFacts[]>();
    this.#listed.set(path, lists.set(layer, [...(lists.get(layer) ?? []), ...owners]));
  }
}
