import type { ImagePackages } from "../../contract/package-facts.ts";
import type { Text } from "../../contract/text.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import type { LayerSource } from "../../image/source/open-image.ts";
import { CacheFolder } from "./cache/cache-folder.ts";
import { FactsCache } from "./cache/facts-cache.ts";
import { pruneCache } from "./cache/prune.ts";
import { LayerFactsRegistry } from "./known/layer-facts-registry.ts";
import { RunSelectors } from "./known/run-selectors.ts";
import { imagePackages } from "./merge/image-packages.ts";
import { imageSboms } from "./merge/image-sboms.ts";
import type { StartWords } from "./merge/started-bundles.ts";
import { type ReadOptions, readLayers } from "./read/read-layers.ts";

/** Reads only the packages of a run's images, for commands that need no other facts. */
export class PackagesReading {
  readonly #directory: string | undefined;
  readonly #facts: FactsCache | undefined;
  readonly #run: LayerFactsRegistry;

  /**
   * @param directory folder of cached layer facts
   * @param isShared whether several images will be read
   */
  constructor(directory: string | undefined, isShared: boolean) {
    this.#directory = directory;
    this.#facts = directory === undefined ? undefined : new FactsCache(new CacheFolder(directory));
    this.#run = new LayerFactsRegistry(new RunSelectors([], ["entries", "packages"]), this.#facts, isShared);
  }

  /** Reason why facts cannot be cached, once known. */
  get cacheProblem(): Text | undefined {
    return this.#facts?.problem;
  }

  /**
   * @param start how the image starts
   * @throws DouaneError of readLayers() and RootFs
   */
  async read(
    sources: readonly LayerSource[],
    start: StartWords,
    options: ReadOptions = {},
  ): Promise<ImagePackages> {
    const layers = await readLayers(sources, this.#run, options);
    const isComplete = sources.every(({ bytes }) => bytes.kind !== "unreadable");
    const root = new RootFs(
      layers.map(({ entries }) => entries),
      isComplete,
    );
    if (this.#directory !== undefined) pruneCache(this.#directory, Date.now());
    const diffIds = sources.map(({ diffId }) => diffId);
    const { scripts } = imageSboms(layers, root, diffIds);
    return imagePackages(layers, root, { starts: [start], described: scripts });
  }
}
