import type { WriteEvent } from "../../contract/trial-events.ts";
import { withBeginning } from "./file-beginning.ts";
import { addedLines } from "./file-ends.ts";
import { EMPTY_SNAPSHOT, type FileSnapshot, readSnapshot } from "./file-snapshot.ts";
import { changesIn } from "./folder-diff.ts";
import { HeldFiles } from "./held-files.ts";
import type { Pod, PodContainer } from "./pod.ts";
import { recordWrites } from "./record-writes.ts";
import { attributes } from "./tree-attributes.ts";
import { viewOf } from "./volumes.ts";

/**
 * Records writes to the pod's volumes once no container of the pod runs.
 *
 * @param ran containers that ran since the last call
 * @param began start of the phase, by the wall clock in milliseconds
 */
export function recordVolumeWrites(pod: Pod, ran: readonly PodContainer[], began: number): void {
  for (const { source, view = source, files, within } of pod.plan.volumes) {
    // A folder that no container has mounted yet is not there.
    if (files !== undefined || (within !== undefined && !pod.volumes.has(source))) continue;
    const before = pod.volumes.get(source) ?? EMPTY_SNAPSHOT;
    const after = readSnapshot(view);
    const { entries, cut: isCut, listed, touched } = after;
    // Temporary entries in a volume are normal and not recorded.
    pod.volumes.set(source, { entries, cut: isCut, listed, changed: touched });
    const writers = ran.flatMap((podContainer) => {
      const mount = podContainer.plan.writable.find((one) => one.source === source);
      return mount === undefined ? [] : [{ podContainer, path: mount.path }];
    });
    // A container that mounts another part of the same volume may reach the file there.
    const near = ran.filter((one) => mountsPartOf(pod, one, source));
    const users = new Set(near.map(userOf));
    for (const { podContainer, path } of writers) {
      const own = (tree: FileSnapshot): FileSnapshot => writtenBy(tree, userOf(podContainer), users);
      const trees = { directory: view, before: own(before), after: own(after) };
      const { writes, cut } = changesIn(path, trees, () => undefined);
      const alike = near.filter((one) => userOf(one) === userOf(podContainer)).length > 1;
      const isUnsure = (write: WriteEvent): boolean => {
        const inside = write.path.slice(path.length);
        const owner = (after.entries.get(inside) ?? before.entries.get(inside))?.uid;
        return alike || (users.size > 1 && owner !== userOf(podContainer));
      };
      const detailed = writes.map((write): WriteEvent => {
        const inside = write.path.slice(path.length);
        return {
          ...withBeginning(pod.contents, view, after, inside, write),
          ...addedLines(pod.ends.get(source), view, inside, write),
          ...attributes(before.entries.get(inside), after.entries.get(inside), began),
          ...(isUnsure(write) ? { unsure: true } : {}),
        };
      });
      recordWrites(podContainer, { directory: view, area: path }, { writes: detailed, cut });
    }
  }
}

/** Records volume files left by the last phase and read in this one, once no container of the pod runs. */
export function recordRereads(pod: Pod, ran: readonly PodContainer[]): void {
  for (const [source, after] of pod.volumes) {
    const before = pod.held.get(source);
    pod.held.set(source, new HeldFiles(viewOf(pod.plan, source), after));
    if (before === undefined) continue;
    const near = ran.filter((one) => mountsPartOf(pod, one, source)).length;
    const readers = ran.flatMap((podContainer) => {
      const mount = podContainer.plan.writable.find((one) => one.source === source);
      return mount === undefined ? [] : [{ log: podContainer.log, area: mount.path }];
    });
    const isLooked = viewOf(pod.plan, source) !== source;
    // Without a second mount, the supervisor's own listings change access times.
    const found = [...before.rereadIn(after, firstRequest(pod)), ...(isLooked ? before.listedIn(after) : [])];
    before.release();
    for (const { log, area } of readers) {
      const unsure = near > 1 ? ({ unsure: true } as const) : {};
      for (const reread of found) {
        const path = reread.path === "/" ? area : `${area}${reread.path}`;
        log.observe({ kind: "reread", area, ...reread, path, ...unsure });
      }
    }
  }
}

/** Time of the first request to any container of the pod in this phase, in nanoseconds since 1970. */
function firstRequest({ askedAt }: Pod): bigint | undefined {
  return [...askedAt.values()].reduce<bigint | undefined>(
    (first, one) => (first === undefined || one < first ? one : first),
    undefined,
  );
}

/**
 * Whether a container can write to a volume.
 *
 * @param source source of the volume, or of one of its folders
 */
function mountsPartOf({ plan: { volumes } }: Pod, { plan }: PodContainer, source: string): boolean {
  const wholeOf = (one: string): string =>
    volumes.find((volume) => volume.source === one)?.within?.source ?? one;
  return plan.writable.some((mount) => wholeOf(mount.source) === wholeOf(source));
}

function userOf({ plan }: PodContainer): number {
  return plan.config.process.user.uid;
}

/**
 * Entries that a container may have written to a shared volume, by owner; files of a user that no container
 * runs as count for each.
 */
function writtenBy(tree: FileSnapshot, user: number, users: ReadonlySet<number>): FileSnapshot {
  if (users.size < 2) return tree;
  const entries = [...tree.entries].filter(([, { uid }]) => uid === user || !users.has(uid));
  return { ...tree, entries: new Map(entries) };
}
