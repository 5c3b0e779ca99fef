import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Images and peers are made once and kept here; to make them anew, delete it. */
export function benchDirectory(): string {
  const directory = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "douane-bench");
  mkdirSync(directory, { recursive: true });
  return directory;
}

/**
 * The directory `name-KEY`, filled by `make` when it is not there yet. The key is that of `recipe`:
 * a changed recipe is a new directory, and the end of the old. What an interrupted run left is never
 * taken for a whole.
 */
export function madeOnce(
  name: string,
  recipe: string,
  make: (directory: string) => void,
  parent = benchDirectory(),
): string {
  const key = createHash("sha256").update(recipe).digest("hex").slice(0, 12);
  const directory = join(parent, `${name}-${key}`);
  if (existsSync(directory)) return directory;
  for (const other of readdirSync(parent)) {
    const isOlder =
      other.startsWith(`${name}-`) && /^[0-9a-f]{12}(?:\.partial)?$/.test(other.slice(name.length + 1));
    if (isOlder) rmSync(join(parent, other), { recursive: true });
  }
  const partial = `${directory}.partial`;
  mkdirSync(partial);
  make(partial);
  renameSync(partial, directory);
  return directory;
}
