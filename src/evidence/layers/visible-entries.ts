import type { RootFs } from "../../image/rootfs/root-fs.ts";

/** Which entries of the layers a container sees: the others were deleted or replaced by later layers. */
export class VisibleEntries {
  readonly #visible = new Map<number, Set<number>>();

  constructor(root: RootFs) {
    for (const { place } of root.files()) {
      if (place === undefined) continue;
      const entries = this.#visible.get(place.layer);
      if (entries === undefined) this.#visible.set(place.layer, new Set([place.entry]));
      else entries.add(place.entry);
    }
  }

  has(layer: number, entry: number): boolean {
    return this.#visible.get(layer)?.has(entry) === true;
  }
}
