import { createHash } from "node:crypto";
import type { LayerSource } from "../../../image/source/open-image.ts";
import { ANALYZER_NAMES, VERSIONS } from "../analyzers/versions.ts";
import { type ImageContents, imageContentsSchema, type Start } from "../facts/image-contents.ts";
import type { CacheFolder } from "./cache-folder.ts";
import { seal, unsealFile } from "./checksummed-json.ts";
import { kindOf, layerName } from "./layer-entry.ts";

const KIND = "images-1";

/** Parts of the cache key beyond layers and starts. */
export interface AskedOfImages {
  /** Version of douane, since it determines how layers are merged and start commands are followed. */
  readonly douane: string;
  /** Ids of the selectors, as selectorIds() returns them. */
  readonly selectors: readonly string[];
}

/**
 * Cached merge result of an image, beside the facts of its layers: a hit avoids reading and merging. The key
 * consists of the layers' declared digests in order, and of the start commands. A damaged or foreign entry
 * counts as absent.
 */
export class ImageCache {
  readonly #folder: CacheFolder;
  readonly #layers: readonly LayerSource[];
  readonly #key: string;

  /** @param layers all layers, which must be readable, otherwise the result is incomplete */
  constructor(
    folder: CacheFolder,
    layers: readonly LayerSource[],
    starts: readonly Start[],
    { douane, selectors }: AskedOfImages,
  ) {
    this.#folder = folder;
    this.#layers = layers;
    const declared = layers.map(({ digest, diffId, size }) => [digest, diffId, size]);
    const text = JSON.stringify([douane, selectors, VERSIONS, starts, declared]);
    this.#key = createHash("sha256").update(text).digest("hex");
  }

  load(): ImageContents | undefined {
    const entry = this.#folder.read(KIND, this.#key);
    const contents = entry && contentsOf(this.#name, entry.bytes);
    if (contents?.entries.length !== this.#layers.length) return undefined;
    if (entry?.isOld === true) this.#touchLayers();
    return contents;
  }

  /** Stores the result; if that fails, the next run merges again. */
  store(contents: ImageContents): void {
    try {
      this.#folder.write(KIND, this.#key, seal(this.#name, contents));
    } catch {
      // A cache that cannot be written is reported by FactsCache, without which nothing is saved.
    }
  }

  /** Name in the file's first line; a file with another image's name is ignored. */
  get #name(): string {
    return JSON.stringify({ schema: "douane/image-contents/v1", image: this.#key });
  }

  /** Marks the layers as used, since the next image may share them. */
  #touchLayers(): void {
    for (const layer of this.#layers) {
      for (const analyzer of ANALYZER_NAMES) this.#folder.touch(kindOf(analyzer), layerName(layer));
    }
  }
}

/** Returns the stored object, not zod's copy, so that saved evidence keeps its key order. */
function contentsOf(name: string, bytes: Uint8Array): ImageContents | undefined {
  const value = unsealFile(name, bytes);
  return imageContentsSchema.safeParse(value).success ? (value as ImageContents) : undefined;
}
