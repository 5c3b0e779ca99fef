import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LayerSource } from "../../image/open-image.ts";
import type { LayerFacts } from "./facts.ts";
import { parseFacts } from "./facts-bytes.ts";

/** Entries used within this time are not marked as used again. */
const DAY_MS = 24 * 3_600 * 1_000;

/** The folder of this cache below the directory given. */
export function layersFolder(directory: string): string {
  return join(directory, "layers");
}

/**
 * Facts of layers, kept from run to run under the layer's digest (its diffId where there is none)
 * and the version of what was asked. The layer was verified when it was first read; an entry that
 * is damaged, foreign or contradicts the image counts as absent and is written anew. Entries come
 * into being whole (write, then rename), so concurrent runs and kill -9 do no harm.
 */
export class LayerCache {
  readonly #folder: string;
  #problem: string | undefined;

  constructor(directory: string, version: string) {
    this.#folder = join(layersFolder(directory), version);
  }

  /** Why facts could not be stored: the first error of the file system. */
  get problem(): string | undefined {
    return this.#problem;
  }

  load(layer: LayerSource): LayerFacts | undefined {
    const file = this.#fileOf(layer);
    try {
      const facts = parseFacts(readFileSync(file));
      if (facts?.diffId !== layer.diffId) return undefined;
      touch(file);
      return facts;
    } catch {
      return undefined;
    }
  }

  /** @param facts as formatFacts() gives them */
  store(layer: LayerSource, facts: Uint8Array): void {
    if (this.#problem !== undefined) return;
    const file = this.#fileOf(layer);
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, facts, { mode: 0o600, flag: "wx" });
      renameSync(temporary, file);
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      remove(temporary);
    }
  }

  #fileOf({ digest, diffId }: LayerSource): string {
    return join(this.#folder, `${(digest ?? diffId).slice("sha256:".length)}.json`);
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

/** The oldest entries are pruned first: an entry in use stays young. */
function touch(file: string): void {
  const now = Date.now();
  if (now - statSync(file).mtimeMs > DAY_MS) utimesSync(file, now / 1_000, now / 1_000);
}
