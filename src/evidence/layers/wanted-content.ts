import type { FileSelector } from "../../contract/file-selector.ts";
import { LIMITS } from "../../contract/limits.ts";
import { baseName } from "../../image/rootfs/path.ts";
import type { FileHeader } from "../../image/rootfs/root-fs.ts";
import { SelectorIndex } from "./selector-index.ts";

/** Which contents to keep, decided by the header alone, before it is known what links to the file. */
export class WantedContent {
  readonly #index: SelectorIndex;
  readonly #byBaseName = new Map<string, number>();

  constructor(selectors: readonly FileSelector[]) {
    const wanted = selectors.filter(({ content = 0 }) => content > 0);
    this.#index = new SelectorIndex(wanted);
    for (const { paths = [], content = 0 } of wanted) {
      for (const path of paths) {
        const name = baseName(path);
        this.#byBaseName.set(name, Math.max(content, this.#byBaseName.get(name) ?? 0));
      }
    }
  }

  /**
   * Bytes that selectors want of this file. A path that is asked for may be a link, here or in
   * another layer, and links mostly keep the name (/etc/os-release → ../usr/lib/os-release): so all
   * files of that name are kept. What this misses is read afterwards (see missing-contents.ts).
   */
  bytesOf(file: FileHeader): number {
    let bytes = this.#byBaseName.get(baseName(file.path)) ?? 0;
    for (const { content = 0 } of this.#index.matching(file)) bytes = Math.max(bytes, content);
    return Math.min(bytes, LIMITS.keptFileBytes);
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
  const isOwn = size <= LIMITS.scriptBytes && !INSTALLED.test(path);
  if (isOwn && (isExecutable(mode) || path.endsWith(".sh"))) return size;
  return isExecutable(mode) ? Math.min(size, 2) : 0;
}

export function isExecutable(mode: number): boolean {
  return (mode & 0o111) !== 0;
}
