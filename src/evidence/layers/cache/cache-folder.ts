import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LayerSource } from "../../../image/open-image.ts";

/** Entries used within this time are not marked as used again. */
const DAY_MS = 24 * 3_600 * 1_000;

/** The folder of this cache below the directory given. */
export function layersFolder(directory: string): string {
  return join(directory, "layers");
}

/** The entry of a layer: its digest, its diffId where there is none. */
export function layerName({ digest, diffId }: LayerSource): string {
  return (digest ?? diffId).slice("sha256:".length);
}

/**
 * What was learnt of layers and images in the version of what was asked, in a file per entry.
 * Entries come into being whole (write, then rename), so concurrent runs and kill -9 do no harm.
 */
export class CacheFolder {
  readonly #folder: string;

  constructor(directory: string, version: string) {
    this.#folder = join(layersFolder(directory), version);
  }

  /** Undefined when there is no such entry, or none that can be read. */
  read(name: string): Uint8Array | undefined {
    try {
      return readFileSync(this.#fileOf(name));
    } catch {
      return undefined;
    }
  }

  /** @throws the file system's error */
  write(name: string, bytes: Uint8Array): void {
    const file = this.#fileOf(name);
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(temporary, bytes, { mode: 0o600, flag: "wx" });
      renameSync(temporary, file);
    } catch (error) {
      remove(temporary);
      throw error;
    }
  }

  /** The oldest entries are pruned first: an entry in use stays young. */
  touch(name: string): void {
    const file = this.#fileOf(name);
    const now = Date.now();
    try {
      if (now - statSync(file).mtimeMs > DAY_MS) utimesSync(file, now / 1_000, now / 1_000);
    } catch {
      // Pruned meanwhile, or not ours to change: it serves all the same.
    }
  }

  #fileOf(name: string): string {
    return join(this.#folder, `${name}.json`);
  }
}

/** Where the folder itself cannot be (a file stands in its place), there is nothing to remove. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The first error is the one to report.
  }
}
