import { mayBeState } from "../../contract/temporary-path.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import type { Phase } from "./event-log.ts";
import { withBeginning } from "./file-beginning.ts";
import { addedLines } from "./file-ends.ts";
import { type FileSnapshot, readSnapshot } from "./file-snapshot.ts";
import { changesIn } from "./folder-diff.ts";
import { sizeInLayers } from "./layer-lookup.ts";
import type { MountedRoot } from "./overlay-root.ts";
import type { Pod, PodContainer } from "./pod.ts";
import { recordWrites } from "./record-writes.ts";
import type { Container } from "./running-container.ts";

/** Paths of text logs; some databases use such names for their journals. */
const TEXT_LOG = /\/logs?\/|\.log$/i;

/**
 * Records writes to containers' roots once no container of the pod runs: running containers could pass each
 * other folders through a socket and replace some by links. Then containers are removed, except roots that
 * may contain state.
 */
export function recordRootWrites(pod: Pod, { name, root: access }: Phase): void {
  const { ended, contents, ends } = pod;
  for (const { podContainer, container } of ended.splice(0)) {
    const { before, root } = container;
    const trees = { directory: root.upper, before, after: readSnapshot(root.upper) };
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
    // The next container does not wait for the removal; if the removal fails, the pod fails.
    void removeContainer(pod, podContainer, container, keeps ? root : undefined);
  }
}

/** Records rereads of files that may be state, not of a program's own files, which each start reads. */
function recordRereads({ log, pod }: PodContainer, { upper }: MountedRoot, after: FileSnapshot): void {
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
  // If the container was started twice in this phase, the older root is released.
  const released = kept === undefined ? container.root : roots.get(podContainer);
  if (kept !== undefined) roots.set(podContainer, kept);
  await container.delete();
  await released?.release();
}
