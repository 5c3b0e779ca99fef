import { baseName } from "../../../contract/base-name.ts";
import type { FileSelector } from "../../../contract/file-selector.ts";
import type { FileHeader } from "../../../contract/image-facts.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { SelectorIndex } from "../../../contract/selector-index.ts";

/** What is asked of a file, as far as its header tells, before it is known what links to it. */
export interface Wanted {
  /** A selector without `paths` matches it. */
  readonly isMatched: boolean;
  /** Of its content. */
  readonly bytes: number;
}

const NOTHING: Wanted = { isMatched: false, bytes: 0 };

/** Decides by the header alone what is asked of a file. */
export class WantedContent {
  readonly #index: SelectorIndex;
  readonly #byBaseName = new Map<string, number>();

  constructor(selectors: readonly FileSelector[]) {
    this.#index = new SelectorIndex(selectors);
    for (const { paths = [], content = 0 } of selectors) {
      for (const path of content === 0 ? [] : paths) {
        const name = baseName(path);
        this.#byBaseName.set(name, Math.max(content, this.#byBaseName.get(name) ?? 0));
      }
    }
  }

  /**
   * A path that is asked for may be a link, here or in another layer, and links mostly keep the
   * name (/etc/os-release → ../usr/lib/os-release): so the contents of all files of that name are
   * wanted. What this misses is read afterwards (see Contents).
   */
  of(file: FileHeader): Wanted {
    const name = baseName(file.path);
    const matching = this.#index.matching(file, name);
    let bytes = this.#byBaseName.get(name) ?? 0;
    if (matching.length === 0 && bytes === 0) return NOTHING;
    for (const { content = 0 } of matching) bytes = Math.max(bytes, content);
    return { isMatched: matching.length > 0, bytes: Math.min(bytes, LIMITS.keptFileBytes) };
  }
}

/** What a distribution or a package manager installs: no team's entrypoint lies there. */
const INSTALLED =
  /^\/(?:usr\/(?:s?bin|lib|lib64|libexec|share|include|src)|s?bin|lib|lib64|nix|proc|sys)\/|\/(?:node_modules|site-packages|dist-packages|gems|vendor|\.venv|\.m2|\.nuget|\.cargo|\.cache|pkg\/mod|\.git)\//;

/**
 * Bytes to look at should the file be a script that an entrypoint leads to: all of it where teams
 * put theirs; of other executables the `#!`, so that a script among them can be read afterwards.
 */
export function scriptBytes({ path, mode }: FileHeader, size: number): number {
  if (!isExecutable(mode) && !path.endsWith(".sh")) return 0;
  if (size <= LIMITS.scriptBytes && !INSTALLED.test(path)) return size;
  return isExecutable(mode) ? Math.min(size, 2) : 0;
}

/** Whether a file of this mode and these first two bytes can be one: `#!` is what tells among executables. */
export function isScript(mode: number, first: number | undefined, second: number | undefined): boolean {
  return !isExecutable(mode) || (first === 0x23 && second === 0x21);
}

function isExecutable(mode: number): boolean {
  return (mode & 0o111) !== 0;
}
