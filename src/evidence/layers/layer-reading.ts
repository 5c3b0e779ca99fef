import type { FileSelector } from "../../contract/file-selector.ts";
import type { Text } from "../../contract/text.ts";
import type { LayerSource } from "../../image/open-image.ts";
import { CacheFolder } from "./cache/cache-folder.ts";
import { type AskedOfImages, ImageCache } from "./cache/image-cache.ts";
import { pruneCache } from "./cache/prune.ts";
import type { ImageContents, Start } from "./image-contents.ts";
import type { ImageMerger } from "./merge/image-merger.ts";
import type { ReadOptions } from "./read/read-layers.ts";
import { selectorIds } from "./selector-text.ts";

export interface ReadingOptions {
  /** What rules ask of files. */
  readonly selectors: readonly FileSelector[];
  /** Where facts are kept from run to run, and the version of douane that keeps them. */
  readonly cache?: { readonly directory: string; readonly douane: string };
  /** Several images will be read: what one made known of a layer serves the others, without a cache too. */
  readonly isShared?: boolean;
}

/** Reads the layers of one run's images, several at a time if need be; nothing needs to be ended. */
export class LayerReading {
  readonly #options: ReadingOptions;
  readonly #folder: CacheFolder | undefined;
  readonly #asked: AskedOfImages;
  #merger: ImageMerger | undefined;

  constructor(options: ReadingOptions) {
    const { selectors, cache } = options;
    this.#options = options;
    this.#folder = cache && new CacheFolder(cache.directory);
    this.#asked = { douane: cache?.douane ?? "", selectors: selectorIds(selectors) };
  }

  /** Why facts cannot be kept for the next run, once that is known. */
  get cacheProblem(): Text | undefined {
    return this.#folder?.distrusted ?? this.#merger?.cacheProblem;
  }

  /**
   * What an image's layers hold together: known from an earlier run, or found by reading the layers,
   * merging them, selecting the files that rules ask for and following the start commands.
   *
   * @throws DouaneError of readLayers() and RootFs
   */
  async read(
    sources: readonly LayerSource[],
    starts: readonly Start[],
    options: ReadOptions = {},
  ): Promise<ImageContents> {
    options.signal?.throwIfAborted();
    const isComplete = sources.every(({ bytes }) => bytes.in !== "nowhere");
    const store =
      this.#folder && isComplete ? new ImageCache(this.#folder, sources, starts, this.#asked) : undefined;
    const known = store?.load();
    if (known !== undefined) return known;
    // What reads and merges layers is loaded only then: a run that knows the image starts 10 ms sooner.
    const { ImageMerger } = await import("./merge/image-merger.ts");
    const { selectors, cache, isShared = false } = this.#options;
    this.#merger ??= new ImageMerger(selectors, this.#folder, isShared);
    const contents = await this.#merger.merge({ sources, starts, isComplete }, options);
    store?.store(contents);
    if (cache !== undefined) pruneCache(cache.directory, Date.now());
    return contents;
  }
}
