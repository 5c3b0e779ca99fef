import { changesIn } from "./changes.ts";
import { sizeInLayers } from "./layer-lookup.ts";
import type { Pod } from "./pod.ts";
import { recordWrites } from "./record-writes.ts";
import { readTree } from "./tree.ts";

/**
 * Records what containers wrote to their roots, once none of the pod runs any more: they can hand
 * one another their directories through a socket, and put links in the place of some. Then the
 * containers are removed.
 */
export function recordRootWrites({ ended, cleaning }: Pod): void {
  for (const { podContainer, container } of ended.splice(0)) {
    const { before, root } = container;
    const trees = { directory: root.upper, before, after: readTree(root.upper) };
    recordWrites(
      podContainer,
      { directory: root.upper, area: "/" },
      changesIn("/", trees, (path) => sizeInLayers(podContainer.factory.layers, path)),
    );
    const removed = container.delete().then(() => root.release());
    // Its failure is the pod's, once the pod waits for it.
    removed.catch(() => {});
    cleaning.push(removed);
  }
}
