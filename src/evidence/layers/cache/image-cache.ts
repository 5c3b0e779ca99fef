import { createHash } from "node:crypto";
import type { LayerSource } from "../../../image/open-image.ts";
import { ANALYZER_NAMES, VERSIONS } from "../analyzers/versions.ts";
import { type ImageContents, imageContentsSchema, type Start } from "../image-contents.ts";
import type { CacheFolder } from "./cache-folder.ts";
import { kindOf, layerName } from "./layer-entry.ts";
import { seal, unsealFile } from "./sealed.ts";

const KIND = "images-1";

/** What stored contents of an image depend on besides its layers and starts. */
export interface AskedOfImages {
  /** The version of douane: how layers are merged and start commands followed. */
  readonly douane: string;
  /** What is asked of files, as selectorIds() gives it. */
  readonly selectors: readonly string[];
}

/**
 * What one image's layers hold together, kept beside the facts of the layers: a run that finds it
 * reads and merges none of them. It holds for these layers, by their declared digests, in this
 * order, with these start commands. An entry that is damaged or foreign counts as absent.
 */
export class ImageCache {
  readonly #folder: CacheFolder;
  readonly #layers: readonly LayerSource[];
  readonly #key: string;

  /** @param layers all of which can be read, else what they hold is not known */
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

  /** Where it cannot be written, the next run merges the layers again. */
  store(contents: ImageContents): void {
    try {
      this.#folder.write(KIND, this.#key, seal(this.#name, contents));
    } catch {
      // A cache that cannot be written is reported by FactsCache, without which nothing is saved.
    }
  }

  /** What the file says that it is: of another image, it is not believed. */
  get #name(): string {
    return JSON.stringify({ schema: "douane/image-contents/v1", image: this.#key });
  }

  /** The layers are in use, too: the next image may share them. */
  #touchLayers(): void {
    for (const layer of this.#layers) {
      for (const analyzer of ANALYZER_NAMES) this.#folder.touch(kindOf(analyzer), layerName(layer));
    }
  }
}

/** As they were stored, not as the schema copies them: saved evidence has its keys in the same order. */
function contentsOf(name: string, bytes: Uint8Array): ImageContents | undefined {
  const value = unsealFile(name, bytes);
  return imageContentsSchema.safeParse(value).success ? (value as ImageContents) : undefined;
}
