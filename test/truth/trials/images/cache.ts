import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { madeOnce } from "../../../../scripts/bench/cache.ts";

/** Layers and images are made once and kept here; to make them anew, delete it. */
export function truthDirectory(...below: readonly string[]): string {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const directory = join(cache, "douane-truth", ...below);
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** Cached directory, as `madeOnce` of the benchmark. */
export function keptOnce(name: string, recipe: unknown, make: (directory: string) => void): string {
  return madeOnce(name, JSON.stringify(recipe), make, truthDirectory());
}
