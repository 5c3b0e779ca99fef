import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { statOf } from "../../files/status.ts";

/** An unpacked layer in the cache, complete or partial. */
export interface UnpackedLayer {
  /** Path of the folder, absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Time of the last use by a trial, in milliseconds since 1970. */
  readonly usedMs: number;
}

/** Unpacked layers below a folder, of any version and any owners; empty if the folder is missing. */
export function unpackedLayers(directory: string): readonly UnpackedLayer[] {
  return folders(directory)
    .flatMap(folders)
    .flatMap(folders)
    .flatMap((path) => (path.endsWith("/new") ? folders(path) : [path]))
    .flatMap(layerOf);
}

function layerOf(path: string): readonly UnpackedLayer[] {
  const [record, folder] = [statOf(join(path, "layer.json")), statOf(path)];
  const found = record ?? folder;
  return found === undefined
    ? []
    : [{ path, bytes: bytesOf(path), usedMs: Math.max(found.mtimeMs, folder?.ctimeMs ?? 0) }];
}

function bytesOf(path: string): number {
  try {
    return Number(readFileSync(join(path, "bytes"), "utf8")) || 0;
  } catch {
    return 0;
  }
}

function folders(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(path, name));
  } catch {
    return [];
  }
}
