import { constants } from "node:os";
import type { WriteEvent } from "../../contract/trial-facts.ts";
import { changesIn } from "./changes.ts";
import { keepFiles } from "./keep-files.ts";
import { sizeInLayers } from "./layer-lookup.ts";
import type { Member, Pod } from "./pod.ts";
import type { Container } from "./running-container.ts";
import { readTree } from "./tree.ts";

const KILL_MS = 30_000;

/** Once a container has ended: what it said, which bounds it hit. What it wrote is looked at later. */
export async function lookBack(member: Member, container: Container): Promise<void> {
  const { pod, journal } = member;
  const { events, outputs } = container;
  if (container.end() === undefined) container.signal(constants.signals.SIGKILL);
  if ((await container.waitForEnd(KILL_MS)) === undefined) throw new Error("the container cannot be killed");
  const [outOfProcesses, outOfMemory] = [events.outOfProcesses || container.overrun, events.outOfMemory];
  for (const output of await Promise.all(outputs.map((output) => output.close()))) {
    if (output.bytes > 0) journal.observe(output);
  }
  for (const kept of outputs.flatMap((output) => output.kept() ?? [])) journal.keep(kept);
  if (outputs.some(({ slowed }) => slowed)) journal.observe({ kind: "limit", what: "output-rate" });
  if (outOfProcesses) journal.observe({ kind: "limit", what: "processes" });
  if (outOfMemory) journal.observe({ kind: "limit", what: "memory" });
  pod.ended.push({ member, container });
}

/**
 * What containers wrote to their roots, once none of the pod runs any more: they can hand one
 * another their directories through a socket, and put links in the place of some. Then they are
 * removed.
 */
export function lookAtRoots({ ended, cleaning }: Pod): void {
  for (const { member, container } of ended.splice(0)) {
    const { before, root } = container;
    const trees = { directory: root.upper, before, after: readTree(root.upper) };
    reportChanges(
      member,
      { directory: root.upper, area: "/" },
      changesIn("/", trees, (path) => sizeInLayers(member.containers.layers, path)),
    );
    const removed = container.delete().then(() => root.release());
    // Its failure is the pod's, once the pod waits for it.
    removed.catch(() => {});
    cleaning.push(removed);
  }
}

/** @param place what was looked at, and the path that it has in the container */
export function reportChanges(
  member: Member,
  place: { readonly directory: string; readonly area: string },
  { writes, cut }: { readonly writes: readonly WriteEvent[]; readonly cut: boolean },
): void {
  const { journal } = member;
  for (const write of writes) journal.observe(write);
  keepFiles(member, place, writes);
  if (cut) journal.observe({ kind: "limit", what: "writes" });
}
