import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { unpackedLayers } from "../../trial/rootfs/unpacked-layers.ts";

/** Parts of the cache: facts of layers and images, layers unpacked for trials, and Node's compiled code. */
export const PARTS = ["layers", "unpacked", "code"] as const;
type Part = (typeof PARTS)[number];

export interface Holding {
  readonly part: Part;
  /** Path of the entry, absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** All entries of the cache; empty if there is no cache. */
export function holdings(directory: string): readonly Holding[] {
  const files = (["layers", "code"] as const).flatMap((part) =>
    filesBelow(join(directory, part)).map((file): Holding => ({ part, ...file })),
  );
  const unpacked = unpackedLayers(join(directory, "unpacked"));
  return [...files, ...unpacked.map((layer): Holding => ({ part: "unpacked", ...layer }))];
}

function filesBelow(folder: string): readonly Omit<Holding, "part">[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    const stats = entry.isFile() ? statSync(path, { throwIfNoEntry: false }) : undefined;
    return stats === undefined ? [] : [{ path, bytes: stats.size, usedMs: stats.mtimeMs }];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
