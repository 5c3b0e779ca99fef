import type { FileSelector } from "../../contract/file-selector.ts";
import type { Text } from "../../contract/text.ts";
import type { LayerSource } from "../../image/source/open-image.ts";
import { CacheFolder } from "./cache/cache-folder.ts";
import { type AskedOfImages, ImageCache } from "./cache/image-cache.ts";
import { pruneCache } from "./cache/prune.ts";
import type { ImageContents, Start } from "./facts/image-contents.ts";
import { selectorIds } from "./facts/selector-text.ts";
import type { ImageMerger } from "./merge/image-merger.ts";
import type { ReadOptions } from "./read/read-layers.ts";

export interface ReadingOptions {
  /** File selectors of the rules. */
  readonly selectors: readonly FileSelector[];
  /** Folder of the cache, and the version of douane that writes it. */
  readonly cache?: { readonly directory: string; readonly douane: string };
  /** Whether several images will be read, so that facts of layers are shared even without a cache. */
  readonly isShared?: boolean;
}

/** Reads the layers of a run's images, several images at a time if needed. Needs no closing. */
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

  /** Reason why facts cannot be cached, once known. */
  get cacheProblem(): Text | undefined {
    return this.#folder?.distrusted ?? this.#merger?.cacheProblem;
  }

  /**
   * Contents of an image: from the cache, or by reading and merging its layers, selecting files for the rules
   * and following the start commands.
   *
   * @throws DouaneError as readLayers() and RootFs
   */
  async read(
    sources: readonly LayerSource[],
    starts: readonly Start[],
    options: ReadOptions = {},
  ): Promise<ImageContents> {
    options.signal?.throwIfAborted();
    const isComplete = sources.every(({ bytes }) => bytes.kind !== "unreadable");
    const store =
      this.#folder && isComplete ? new ImageCache(this.#folder, sources, starts, this.#asked) : undefined;
    const known = store?.load();
    if (known !== undefined) return known;
    // Loaded on demand: a run that finds the image in the cache starts 10 ms sooner.
    const { ImageMerger } = await import("./merge/image-merger.ts");
    const { selectors, cache, isShared = false } = this.#options;
    this.#merger ??= new ImageMerger(selectors, this.#folder, isShared);
    const contents = await this.#merger.merge({ sources, starts, isComplete }, options);
    store?.store(contents);
    if (cache !== undefined) pruneCache(cache.directory, Date.now());
    return contents;
  }
}
