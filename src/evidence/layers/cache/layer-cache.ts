import type { LayerSource } from "../../../image/open-image.ts";
import type { LayerFacts } from "../facts.ts";
import { type CacheFolder, layerName } from "./cache-folder.ts";
import { layerFactsSchema } from "./facts-schema.ts";
import { unsealFile } from "./sealed.ts";

/**
 * Facts of layers, kept from run to run under the layer's digest (its diffId where there is none).
 * The layer was verified when it was first read; an entry that is damaged, foreign or contradicts
 * the image counts as absent and is written anew.
 */
export class LayerCache {
  readonly #folder: CacheFolder;
  #problem: string | undefined;

  constructor(folder: CacheFolder) {
    this.#folder = folder;
  }

  /** Why facts could not be stored: the first error of the file system. */
  get problem(): string | undefined {
    return this.#problem;
  }

  load(layer: LayerSource): LayerFacts | undefined {
    const name = layerName(layer);
    const bytes = this.#folder.read(name);
    const facts = bytes && layerFactsSchema.safeParse(unsealFile(bytes)).data;
    if (facts?.diffId !== layer.diffId) return undefined;
    this.#folder.touch(name);
    return facts;
  }

  /** @param facts as formatFacts() gives them */
  store(layer: LayerSource, facts: Uint8Array): void {
    if (this.#problem !== undefined) return;
    try {
      this.#folder.write(layerName(layer), facts);
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}
