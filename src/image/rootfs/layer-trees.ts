import type { LayerEntries } from "../layer/entries.ts";
import { type LayerTree, unpackLayer } from "./layer-tree.ts";
import { StepCounter } from "./step-counter.ts";

/** Layers of one image, each unpacked once its entries are known, in any order. */
export class LayerTrees {
  readonly #steps = new StepCounter();
  readonly #trees = new Map<number, LayerTree>();

  /** @param layer its index in the image */
  unpack(layer: number, entries: LayerEntries): void {
    try {
      this.#trees.set(layer, unpackLayer(entries, layer, this.#steps));
    } catch {
      // Ignored here: the error recurs when the layer is taken, so that the reported error does not depend on
      // timing.
    }
  }

  /**
   * Tree of a layer, which the caller may change by merging.
   *
   * @throws InvalidInputError layer-path, image-path-limit
   */
  take(layer: number, entries: LayerEntries): LayerTree {
    const tree = this.#trees.get(layer) ?? unpackLayer(entries, layer, this.#steps);
    this.#trees.delete(layer);
    return tree;
  }
}
