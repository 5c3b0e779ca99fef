import { lstatSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import { judgedRoot } from "../../files/judged-root.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { Patterns } from "./gitignore-patterns.ts";

/** Ignore files of one name between a root and a path; the nearest file with a matching pattern decides. */
export class IgnoreFiles {
  readonly #root: string;
  readonly #name: string;
  readonly #more: Patterns | undefined;
  readonly #files = new Map<string, Patterns | undefined>();
  readonly #folders = new Map<string, boolean>();
  #lines = 0;

  /**
   * @param root absolute path above which no file counts
   * @param more file of the root with the lowest precedence: `.git/info/exclude`
   */
  constructor(root: string, name: string, more?: string) {
    this.#root = root;
    this.#name = name;
    this.#more = more === undefined ? undefined : read(join(root, more));
  }

  /**
   * Whether the path, or a parent folder, is excluded.
   *
   * @param path absolute, below the root
   */
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

/**
 * Patterns of a file. Undefined if the file is unreadable, leads out of the repository or is too large: the
 * file then excludes nothing.
 */
function read(path: string): Patterns | undefined {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    const within = judgedRoot(dirname(path));
    const bytes = readBytes(path, { most: LIMITS.ignoreFileBytes, within, ofGit: true });
    return bytes === undefined ? undefined : new Patterns(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
