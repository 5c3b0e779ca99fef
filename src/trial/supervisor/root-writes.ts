import { mayBeState } from "../../contract/passing-path.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import { changesIn } from "./changes.ts";
import type { Phase } from "./event-log.ts";
import { withBeginning } from "./file-beginning.ts";
import { addedLines } from "./file-ends.ts";
import { sizeInLayers } from "./layer-lookup.ts";
import type { Pod, PodContainer } from "./pod.ts";
import { recordWrites } from "./record-writes.ts";
import type { MountedRoot } from "./root-fs.ts";
import type { Container } from "./running-container.ts";
import { readTree, type Tree } from "./tree.ts";

/** Of what is text; databases call their journals so, too. */
const TEXT_LOG = /\/logs?\/|\.log$/i;

/**
 * Records what containers wrote to their roots, once none of the pod runs any more: they can hand
 * one another their directories through a socket, and put links in the place of some. Then the
 * containers are removed; the root is kept of those that may have left state on it.
 */
export function recordRootWrites(pod: Pod, { name, root: access }: Phase): void {
  const { ended, contents, ends } = pod;
  for (const { podContainer, container } of ended.splice(0)) {
    const { before, root } = container;
    const trees = { directory: root.upper, before, after: readTree(root.upper) };
    if (name === "kept") recordRereads(podContainer, root, trees.after);
    const { writes, cut } = changesIn("/", trees, (path) => sizeInLayers(podContainer.factory.layers, path));
    const detailed = writes.map((write): WriteEvent => {
      if (access === "read-only") return write;
      const seen = {
        ...withBeginning(contents, root.upper, trees.after, write.path, write),
        ...addedLines(ends.get(root.upper), root.upper, write.path, write),
      };
      const grewAtWork =
        seen.appended === true && write.bytes > (container.asked.get(write.path) ?? write.bytes);
      return { ...seen, ...(grewAtWork ? { atWork: true } : {}) };
    });
    recordWrites(podContainer, { directory: root.upper, area: "/" }, { writes: detailed, cut });
    const keeps = name === "writable" && !podContainer.plan.rootIsReadOnly && writes.some(isToBeKept);
    // The next container need not wait for it; its failure is the pod's.
    void removeContainer(pod, podContainer, container, keeps ? root : undefined);
  }
}

/** Files that may be state: what a program reads of itself at each start is not reported. */
function recordRereads({ log, pod }: PodContainer, { upper }: MountedRoot, after: Tree): void {
  const held = pod.held.get(upper);
  pod.held.delete(upper);
  for (const reread of held?.rereadIn(after) ?? []) {
    if (mayBeState(reread.path)) log.observe({ kind: "reread", area: "/", ...reread });
  }
  held?.release();
}

function isToBeKept({ type, change, bytes, path, sample }: WriteEvent): boolean {
  const isLog = sample !== undefined && TEXT_LOG.test(path);
  return type === "file" && change !== "deleted" && bytes > 0 && mayBeState(path) && !isLog;
}

async function removeContainer(
  { roots }: Pod,
  podContainer: PodContainer,
  container: Container,
  kept: MountedRoot | undefined,
): Promise<void> {
  // Who was started twice has left an older one.
  const released = kept === undefined ? container.root : roots.get(podContainer);
  if (kept !== undefined) roots.set(podContainer, kept);
  await container.delete();
  await released?.release();
}
