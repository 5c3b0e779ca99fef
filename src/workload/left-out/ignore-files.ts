import { lstatSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import { judgedRoot } from "../../files/judged-root.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { Patterns } from "./patterns.ts";

/** Ignore files of one name between a root and a path: the nearest with a matching pattern decides. */
export class IgnoreFiles {
  readonly #root: string;
  readonly #name: string;
  readonly #more: Patterns | undefined;
  readonly #files = new Map<string, Patterns | undefined>();
  readonly #folders = new Map<string, boolean>();
  #lines = 0;

  /**
   * @param root absolute: above it no file counts
   * @param more a file of the root that counts after all others: `.git/info/exclude`
   */
  constructor(root: string, name: string, more?: string) {
    this.#root = root;
    this.#name = name;
    this.#more = more === undefined ? undefined : read(join(root, more));
  }

  /** Whether the path, or a folder that holds it, is left out. @param path absolute, below the root */
  excludes(path: string, isFolder: boolean): boolean {
    const folder = dirname(path);
    if (path === this.#root || folder === path) return false;
    if (!isFolder) return this.#excludesFolder(folder) || this.#own(path, false);
    return this.#excludesFolder(path);
  }

  /** Whether a parent folder is excluded, whose content cannot be re-included. */
  #excludesFolder(path: string): boolean {
    if (path === this.#root || !path.startsWith(this.#root)) return false;
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const excluded = this.#excludesFolder(dirname(path)) || this.#own(path, true);
    this.#folders.set(path, excluded);
    return excluded;
  }

  #own(path: string, isFolder: boolean): boolean {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const said = this.#in(folder)?.excludes(relative(folder, path), isFolder);
      if (said !== undefined) return said;
      if (folder === this.#root) break;
    }
    return this.#more?.excludes(relative(this.#root, path), isFolder) ?? false;
  }

  #in(folder: string): Patterns | undefined {
    if (!this.#files.has(folder)) this.#files.set(folder, this.#read(join(folder, this.#name)));
    return this.#files.get(folder);
  }

  /** Patterns of a folder; beyond LIMITS.ignoreLines, files of deeper folders are ignored. */
  #read(path: string): Patterns | undefined {
    const patterns = read(path);
    this.#lines += patterns?.count ?? 0;
    return this.#lines <= LIMITS.ignoreLines ? patterns : undefined;
  }
}

/** A file that cannot be read, leads out of the repository or is far too large leaves nothing out. */
function read(path: string): Patterns | undefined {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    const within = judgedRoot(dirname(path));
    const bytes = readBytes(path, { most: LIMITS.ignoreFileBytes, within });
    return bytes === undefined ? undefined : new Patterns(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
