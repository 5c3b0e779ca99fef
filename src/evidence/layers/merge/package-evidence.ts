import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { ownerName } from "../../../sbom/file-lists/file-list.ts";
import type { LayerFacts } from "../facts/facts.ts";

type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];

/** Whether a package's files are visible in the container; `unknown` if no list names any. */
export type Shows = "yes" | "no" | "unknown";

/** Decides whether the files of a package without a list are present. */
export class PackageEvidence {
  readonly #layers: Layers;
  readonly #root: RootFs;
  readonly #samples: (ReadonlyMap<string, readonly string[]> | undefined)[] = [];
  readonly #folders = new Map<number, ReadonlyMap<string, FolderCount>>();

  constructor(layers: Layers, root: RootFs) {
    this.#layers = layers;
    this.#root = root;
  }

  /**
   * Decides by the package's list of files in this layer, or in the next lower layer with such a list: half
   * of the files must be visible, as left by that layer or a lower one. Files replaced by another package do
   * not count.
   */
  ofList(facts: PackageFacts, layer: number): Shows {
    const owner = ownerName(facts);
    for (let below = layer; below >= 0; below--) {
      const samples = this.#samplesOf(below).get(owner);
      if (samples === undefined || samples.length === 0) continue;
      const shown = samples.filter((path) => {
        const file = this.#root.lookUp(path);
        return file !== undefined && file.source.layer <= layer;
      });
      return shown.length * 2 >= samples.length ? "yes" : "no";
    }
    return "unknown";
  }

  /** Decides by the files in a folder of this layer, except the file that declares the package. */
  ofFolder(folder: string, stating: string, layer: number): Shows {
    const counts = this.#folders.get(layer) ?? this.#count(layer);
    this.#folders.set(layer, counts);
    const { all, shown } = counts.get(folder) ?? NONE;
    const others = stating.startsWith(`${folder}/`) ? all - 1 : all;
    if (others <= 0) return "unknown";
    return shown * 2 >= others ? "yes" : "no";
  }

  #samplesOf(layer: number): ReadonlyMap<string, readonly string[]> {
    const owners = this.#layers[layer]?.packages.owners ?? [];
    const known = this.#samples[layer] ?? new Map(owners.map(({ owner, samples }) => [owner, samples]));
    this.#samples[layer] = known;
    return known;
  }

  /** Number of files per folder of a layer, without packages in its node_modules. */
  #count(layer: number): ReadonlyMap<string, FolderCount> {
    const counts = new Map<string, FolderCount>();
    const { paths = [], kinds = [], kindOf = [] } = this.#layers[layer]?.entries ?? {};
    for (const [entry, path] of paths.entries()) {
      if (kinds[kindOf[entry] ?? 0]?.type !== "file") continue;
      const shown = this.#root.showsContent({ layer, entry }) ? 1 : 0;
      const least = Math.max(path.lastIndexOf(NODE_MODULES), 0);
      for (let at = path.lastIndexOf("/"); at > least; at = path.lastIndexOf("/", at - 1)) {
        const folder = path.slice(0, at);
        const before = counts.get(folder) ?? NONE;
        counts.set(folder, { all: before.all + 1, shown: before.shown + shown });
      }
    }
    return counts;
  }
}

const NODE_MODULES = "/node_modules/";

interface FolderCount {
  readonly all: number;
  readonly shown: number;
}

const NONE: FolderCount = { all: 0, shown: 0 };
