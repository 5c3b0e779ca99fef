import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { dirname } from "node:path";
import type { TarEntry } from "../../src/image/tar/write.ts";

/** The files of a layer by their paths, all of root's, without times: the same files are the same bytes. */
export class Tree {
  readonly #entries = new Map<string, TarEntry>();

  write(path: string, content: Uint8Array | string, mode = 0o644): void {
    this.#put({ path, content, mode });
  }

  link(path: string, target: string): void {
    this.#put({ path, type: "symlink", link: target });
  }

  directory(path: string, mode = 0o755): void {
    this.#put({ path: `${path}/`, type: "directory", mode });
  }

  /** A file or link of the disk. What it may do beyond being read and run (setuid) is left out. */
  copy(file: string, path: string): void {
    const stats = lstatSync(file);
    if (stats.isSymbolicLink()) this.link(path, readlinkSync(file));
    else this.write(path, readFileSync(file), (stats.mode & 0o111) === 0 ? 0o644 : 0o755);
  }

  /** Entries in order, each folder before its content. */
  entries(): readonly TarEntry[] {
    return [...this.#entries.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  #put(entry: TarEntry): void {
    const path = entry.path.replace(/\/$/, "");
    const parent = dirname(path);
    if (parent !== "." && !this.#entries.has(parent)) this.directory(parent);
    this.#entries.set(path, entry);
  }
}
