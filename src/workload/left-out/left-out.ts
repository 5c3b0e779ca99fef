import { dirname, relative, sep } from "node:path";
import { trackedPaths } from "../../files/git-index.ts";
import { repositoryRoot } from "../../files/repository-root.ts";
import { Patterns } from "./gitignore-patterns.ts";
import { IgnoreFiles } from "./ignore-files.ts";

/**
 * Reason why a file is not judged: `--exclude`, `.douaneignore`, git's ignore files; for a folder: its link
 * leads outside.
 */
export type LeftOutBy = "exclude" | "douaneignore" | "gitignore" | "outside" | "packages";

export interface LeaveOut {
  /** Lines in gitignore's format, relative to the current folder. */
  readonly exclude: readonly string[];
  /** Whether `.douaneignore` counts. */
  readonly douaneignore: boolean;
  /** Whether untracked files ignored by git are left out. */
  readonly gitignore: boolean;
}

/** Maximum number of files named per reason; the others are counted. */
const NAMED = 20;
/** Maximum number of files counted. */
const COUNTED = 10_000;

export interface LeftOutFiles {
  readonly by: LeftOutBy;
  /** Names of the first files, as the user would write them. */
  readonly files: readonly string[];
  readonly count: number;
}

/** Decides which files of folders are omitted, and records them. */
export class Exclusions {
  readonly #options: LeaveOut;
  readonly #cwd: string;
  readonly #exclude: Patterns;
  readonly #told = new Map<LeftOutBy, Set<string>>();

  /** @param cwd absolute */
  constructor(options: LeaveOut, cwd: string) {
    this.#options = options;
    this.#cwd = cwd;
    this.#exclude = new Patterns(options.exclude.join("\n"));
  }

  /** Test for files below one named folder. @param folder absolute path */
  in(folder: string): (path: string, isFolder: boolean) => LeftOutBy | undefined {
    const { exclude, douaneignore, gitignore } = this.#options;
    const root = repositoryRoot(folder);
    const own = douaneignore ? new IgnoreFiles(root ?? folder, ".douaneignore") : undefined;
    const git = gitignore && root !== undefined ? gitIgnored(root, folder) : undefined;
    return (path, isFolder) => {
      if (exclude.length > 0 && this.#excludes(path, isFolder, folder)) return "exclude";
      if (own?.excludes(path, isFolder) === true) return "douaneignore";
      return git?.(path, isFolder) === true ? "gitignore" : undefined;
    };
  }

  /** Records a file that would have been judged. */
  leftOut(by: LeftOutBy, name: string): void {
    const files = this.#told.get(by) ?? new Set();
    this.#told.set(by, files);
    if (files.size < COUNTED) files.add(name);
  }

  /** Files left out so far. */
  get files(): readonly LeftOutFiles[] {
    return [...this.#told].map(([by, files]) => ({
      by,
      files: [...files].toSorted().slice(0, NAMED),
      count: files.size,
    }));
  }

  #excludes(path: string, isFolder: boolean, folder: string): boolean {
    const below = relative(this.#cwd, path);
    // For a folder outside of cwd, patterns are relative to that folder.
    const from = below.startsWith("..") ? relative(folder, path) : below;
    return this.#exclude.excludes(from.split(sep).join("/"), isFolder) ?? false;
  }
}

/**
 * Test by git's ignore files; undefined if the folder itself is ignored but was named, or tracked files are
 * unknown.
 */
function gitIgnored(root: string, folder: string) {
  const files = new IgnoreFiles(root, ".gitignore", ".git/info/exclude");
  if (files.excludes(folder, true)) return undefined;
  let tracked: Tracked | undefined;
  return (path: string, isFolder: boolean): boolean => {
    if (!files.excludes(path, isFolder)) return false;
    tracked ??= new Tracked(root);
    return !tracked.holds(path, isFolder);
  };
}

/** Tracked files, which reach the cluster with the repository even if ignored. */
class Tracked {
  readonly #root: string;
  readonly #files: ReadonlySet<string> | undefined;
  readonly #folders = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    this.#files = trackedPaths(root);
    for (const file of this.#files ?? []) {
      for (let at = dirname(file); at !== "." && !this.#folders.has(at); at = dirname(at))
        this.#folders.add(at);
    }
  }

  holds(path: string, isFolder: boolean): boolean {
    if (this.#files === undefined) return true;
    const name = relative(this.#root, path).split(sep).join("/");
    return isFolder ? this.#folders.has(name) : this.#files.has(name);
  }
}
