import type { LayerEntries } from "../layer/entries.ts";
import { type LayerTree, unpackLayer } from "./layer-tree.ts";
import { StepCounter } from "./step-counter.ts";

/** The layers of one image, each unpacked as soon as its entries are there, in whatever order that is. */
export class LayerTrees {
  readonly #steps = new StepCounter();
  readonly #trees = new Map<number, LayerTree>();

  /** @param layer its index in the image */
  unpack(layer: number, entries: LayerEntries): void {
    try {
      this.#trees.set(layer, unpackLayer(entries, layer, this.#steps));
    } catch {
      // It fails again when it is taken: which of two errors is told must not depend on who was first.
    }
  }

  /**
   * The tree is given away: merging changes it.
   *
   * @throws InvalidInputError layer-path, image-path-limit
   */
  take(layer: number, entries: LayerEntries): LayerTree {
    const tree = this.#trees.get(layer) ?? unpackLayer(entries, layer, this.#steps);
    this.#trees.delete(layer);
    return tree;
  }
}
