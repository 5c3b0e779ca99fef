import { createHash } from "node:crypto";
import type { LayerSource } from "../../../image/open-image.ts";
import { type ImageContents, imageContentsSchema, type Start } from "../image-contents.ts";
import { type CacheFolder, layerName } from "./cache-folder.ts";
import { seal, unsealFile } from "./sealed.ts";

/**
 * What one image's layers hold together, kept beside the facts of the layers: a run that finds it
 * reads and merges none of them. It holds for these layers, by their declared digests, in this
 * order, with these start commands. An entry that is damaged or foreign counts as absent.
 */
export class ImageCache {
  readonly #folder: CacheFolder;
  readonly #layers: readonly LayerSource[];
  readonly #name: string;

  /** @param layers all of which can be read, else what they hold is not known */
  constructor(folder: CacheFolder, layers: readonly LayerSource[], starts: readonly Start[]) {
    this.#folder = folder;
    this.#layers = layers;
    const declared = layers.map(({ digest, diffId, size }) => [digest, diffId, size]);
    const key = createHash("sha256").update(JSON.stringify([starts, declared]));
    this.#name = `image-${key.digest("hex")}`;
  }

  load(): ImageContents | undefined {
    const bytes = this.#folder.read(this.#name);
    const contents = bytes && contentsOf(bytes);
    if (contents?.entries.length !== this.#layers.length) return undefined;
    // The layers are in use, too: the next image may share them.
    for (const name of [this.#name, ...this.#layers.map(layerName)]) this.#folder.touch(name);
    return contents;
  }

  /** Where it cannot be written, the next run merges the layers again. */
  store(contents: ImageContents): void {
    try {
      this.#folder.write(this.#name, seal(contents));
    } catch {
      // A cache that cannot be written is reported by LayerCache, without which nothing is saved.
    }
  }
}

/** As they were stored, not as the schema copies them: saved evidence has its keys in the same order. */
function contentsOf(bytes: Uint8Array): ImageContents | undefined {
  const value = unsealFile(bytes);
  return imageContentsSchema.safeParse(value).success ? (value as ImageContents) : undefined;
}
