import { LIMITS } from "../../contract/limits.ts";
import type { RootFile, RootFs } from "../../image/rootfs/root-fs.ts";

/** What execve and the shell see besides the command line. */
export interface ProgramEnvironment {
  /** Value of PATH. */
  readonly path: string;
  /** Absolute; "" means `/`. */
  readonly workingDir: string;
  /** `NAME=value`: what scripts find in their environment. */
  readonly env?: readonly string[];
}

/** Finds the files that a start names. After LIMITS.startLookups names it finds nothing more. */
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

  /** As execvp: a name with a slash is a path, another is looked for in PATH. */
  executable(name: string): RootFile | undefined {
    if (name.includes("/")) return this.#fileAt(name);
    for (const folder of this.#folders) {
      const file = this.#fileAt(folder === "" ? name : `${folder}/${name}`);
      if (file !== undefined && (file.mode & 0o111) !== 0) return file;
    }
    return undefined;
  }

  /** As a shell that reads a script: in the working directory, else in PATH. */
  readable(name: string): RootFile | undefined {
    return this.#fileAt(name) ?? this.executable(name);
  }

  /** As a language that loads a source: the first of these that is there, in the working directory. */
  first(names: readonly string[]): RootFile | undefined {
    for (const name of names) {
      const file = this.#fileAt(name);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** The path under which its content came: another one than its own for a hard link. */
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
