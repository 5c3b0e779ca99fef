import { rm } from "node:fs/promises";
import { ImageBudget } from "../../image/layer/budget.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import type { LayerSource } from "../../image/source/open-image.ts";
import { directoryError, diskError, verifyRoot } from "./disk-error.ts";
import { restoreImplied } from "./implied-directories.ts";
import { LayerStore, NOTHING, type StoredLayer } from "./layer-store.ts";
import { layLowerLinks } from "./lower-links.ts";
import { type MountPoint, makeMountPoints } from "./mount-points.ts";
import { unpackLayer } from "./unpack-layer.ts";
import type { UnpackNote } from "./unpack-note.ts";
import type { IdShift } from "./user-namespace-ids.ts";

export interface UnpackRequest {
  /** Folder of unpacked layers, absolute. */
  readonly directory: string;
  readonly mountPoints: readonly MountPoint[];
  /** Id range of a nested user namespace; only in a child process. */
  readonly shift?: IdShift;
}

/** Unpacked layers as plain data. */
export interface UnpackReply {
  /** Folders of the layers, bottom first. */
  readonly layers: readonly string[];
  readonly base: string;
  readonly notes: readonly UnpackNote[];
  /** Folders that only this run uses. */
  readonly scratch: readonly string[];
}

/** Implementation of unpackLayers() for a process that is root of the user namespace of the files' owners. */
export async function unpackHere(
  layers: readonly LayerSource[],
  request: UnpackRequest,
  signal?: AbortSignal,
): Promise<UnpackReply> {
  verifyRoot();
  const scratch: string[] = [];
  try {
    return await unpack(layers, request, scratch, signal);
  } catch (error) {
    await removeAll(scratch);
    signal?.throwIfAborted();
    throw diskError(error, request.directory);
  }
}

export async function removeAll(directories: readonly string[]): Promise<void> {
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })));
}

async function openStore(directory: string): Promise<LayerStore> {
  const store = new LayerStore(directory);
  try {
    await store.open();
  } catch (error) {
    throw directoryError(error, directory);
  }
  return store;
}

async function unpack(
  layers: readonly LayerSource[],
  { directory, mountPoints }: UnpackRequest,
  scratch: string[],
  signal?: AbortSignal,
): Promise<UnpackReply> {
  const store = await openStore(directory);
  const budget = new ImageBudget();
  const stored: StoredLayer[] = [];
  let isNew = false;
  for (const layer of withoutRepeats(layers)) {
    signal?.throwIfAborted();
    const kept = await store.find(layer.diffId);
    isNew ||= kept === undefined;
    stored.push(kept ?? (await store.add(layer.diffId, (into) => unpackLayer(layer, into, budget, signal))));
  }
  if (isNew) await store.prune();
  const all = await layLowerLinks(stored, store, scratch);
  if (mountPoints.length > 0) all.push(await layMountPoints(all, store, scratch, mountPoints));
  return {
    layers: all.map((layer) => layer.directory),
    base: store.base,
    notes: stored.flatMap(({ notes }) => notes),
    scratch,
  };
}

async function layMountPoints(
  layers: readonly StoredLayer[],
  store: LayerStore,
  scratch: string[],
  mountPoints: readonly MountPoint[],
): Promise<StoredLayer> {
  const folder = await store.scratch();
  scratch.push(folder);
  const directory = `${folder}/fs`;
  const all = layers.map(({ entries }) => entries);
  const rootFs = new RootFs(all);
  makeMountPoints(directory, rootFs, mountPoints);
  restoreImplied(directory, rootFs, all);
  return { ...NOTHING, directory };
}

/**
 * Layers without repetitions: the upper occurrence of a layer hides the lower completely, and overlayfs
 * refuses a directory given twice.
 */
function withoutRepeats(layers: readonly LayerSource[]): readonly LayerSource[] {
  return layers.filter(
    ({ diffId }, index) => layers.findLastIndex((other) => other.diffId === diffId) === index,
  );
}
