import { LIMITS } from "../../contract/limits.ts";
import type { RootFile, RootFs } from "../../image/rootfs/root-fs.ts";

/** Inputs of execve and the shell besides the command line. */
export interface ProgramEnvironment {
  /** Value of PATH. */
  readonly path: string;
  /** Absolute; "" means `/`. */
  readonly workingDir: string;
  /** Variables as `NAME=value`, for scripts. */
  readonly env?: readonly string[];
}

/** Finds the files that a start names. After LIMITS.startLookups lookups, nothing more is found. */
export class ProgramFiles {
  readonly workingDir: string;
  readonly #folders: readonly string[];
  readonly #root: RootFs;
  #lookups = 0;

  constructor({ path, workingDir }: ProgramEnvironment, root: RootFs) {
    this.workingDir = workingDir;
    this.#folders = path.split(":");
    this.#root = root;
  }

  get isExhausted(): boolean {
    return this.#lookups >= LIMITS.startLookups;
  }

  /** Looks up a program like execvp: a name with a slash is a path, another is searched in PATH. */
  executable(name: string): RootFile | undefined {
    if (name.includes("/")) return this.#fileAt(name);
    for (const folder of this.#folders) {
      const file = this.#fileAt(folder === "" ? name : `${folder}/${name}`);
      if (file !== undefined && (file.mode & 0o111) !== 0) return file;
    }
    return undefined;
  }

  /** Looks up a script like a shell that reads it: in the working directory, then in PATH. */
  readable(name: string): RootFile | undefined {
    return this.#fileAt(name) ?? this.executable(name);
  }

  /** Looks up a source like an interpreter: the first of these names that exists in the working directory. */
  first(names: readonly string[]): RootFile | undefined {
    for (const name of names) {
      const file = this.#fileAt(name);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** Path at which the file's content was stored; for a hard link, this is another path than its own. */
  nameOfContent({ path, source }: RootFile): string {
    return this.#root.nameOf(source) ?? path;
  }

  #fileAt(path: string): RootFile | undefined {
    if (this.isExhausted) return undefined;
    this.#lookups += 1;
    const file = this.#root.resolve(path.startsWith("/") ? path : `${this.workingDir}/${path}`);
    return file?.type === "file" ? file : undefined;
  }
}
