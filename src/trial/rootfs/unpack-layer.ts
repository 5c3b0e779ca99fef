import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { readBlocks } from "../../image/layer/blocks.ts";
import type { ImageBudget } from "../../image/layer/budget.ts";
import type { LayerEntries } from "../../image/layer/entries.ts";
import { LayerReader } from "../../image/layer/reader.ts";
import { unpackLayer as layerTree } from "../../image/rootfs/layer-tree.ts";
import type { LayerSource } from "../../image/source/open-image.ts";
import { ContentPool } from "./content-pool.ts";
import { LayerAssembly } from "./layer-assembly.ts";
import { mapLimit } from "./map-limit.ts";
import { makeSpecialEntries } from "./special-entries.ts";
import type { UnpackNote } from "./unpack-note.ts";
import { unreadableLayer } from "./unreadable-layer.ts";
import { ownership } from "./user-namespace-ids.ts";

/** Stored facts of an unpacked layer: plain data. */
export interface LayerRecord {
  readonly entries: LayerEntries;
  readonly notes: readonly UnpackNote[];
  /** Hard links to files of lower layers. */
  readonly lowerLinks: readonly string[];
  /** Size of the uncompressed tar. */
  readonly unpackedBytes: number;
}

/** Bytes read between two turns of the event loop, in which signals and progress are handled. */
const TURN_BYTES = 4 * 1024 ** 2;

/**
 * Unpacks one layer into `fs` of a new folder and verifies digest, diffId and bounds.
 *
 * @throws the signal's reason, if it is aborted
 * @throws InvalidInputError as LayerReader, layer-path, image-path-limit, layer-unreadable
 * @throws UnavailableError unpack-tar; system errors (ENOSPC, ENAMETOOLONG…)
 */
export async function unpackLayer(
  layer: LayerSource,
  directory: string,
  budget: ImageBudget,
  signal?: AbortSignal,
): Promise<LayerRecord> {
  const contents = `${directory}/contents`;
  mkdirSync(contents, { mode: 0o700 });
  const pool = new ContentPool(contents, budget, ownership());
  const reader = new LayerReader(layer, budget, pool);
  try {
    await readLayer(layer, reader, signal);
    const unpackedBytes = reader.end();
    const { entries } = pool;
    const root = `${directory}/fs`;
    const tree = layerTree(entries, 0);
    const assembly = new LayerAssembly(tree, pool, root, ownership());
    await mapLimit(assembly.make(), signal);
    const refused = await makeSpecialEntries(assembly.special, root, signal);
    await mapLimit(assembly.finish(), signal);
    await rm(contents, { recursive: true });
    const lowerLinks = tree.openLinks.map(({ path }) => path);
    return { entries, notes: [...assembly.notes, ...refused], lowerLinks, unpackedBytes };
  } finally {
    pool.close();
    reader.close();
  }
}

async function readLayer({ bytes }: LayerSource, reader: LayerReader, signal?: AbortSignal): Promise<void> {
  if (bytes.kind === "unreadable") throw unreadableLayer(bytes.reason);
  let untilTurn = TURN_BYTES;
  for await (const chunk of bytes.kind === "file" ? readBlocks(bytes) : await bytes.open()) {
    signal?.throwIfAborted();
    reader.push(chunk);
    untilTurn -= chunk.length;
    if (untilTurn > 0) continue;
    untilTurn = TURN_BYTES;
    await setImmediate();
  }
}
