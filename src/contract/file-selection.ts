import type { FileSelector } from "./file-selector.ts";
import type { FileFacts, FileHeader } from "./image-facts.ts";
import { isSelected, SelectorIndex } from "./selector-index.ts";

/** Properties of an image's file that selectors test. */
export type SelectableFile = FileHeader & Pick<FileFacts, "hidden" | "implicit" | "realPath">;

/**
 * Files selected by some selectors. The only implementation: the collector uses it for all rules together,
 * the judge for each rule separately.
 */
export class FileSelection {
  /** Index of selectors without `paths`; ignores their scope. */
  readonly index: SelectorIndex;
  readonly #byPath = new Map<string, FileSelector[]>();

  constructor(selectors: readonly FileSelector[]) {
    this.index = new SelectorIndex(selectors);
    for (const selector of selectors) {
      // Layers have no paths to resolve, since links lead through all layers.
      if (selector.scope === "layers") continue;
      for (const path of selector.paths ?? []) {
        const known = this.#byPath.get(path);
        if (known === undefined) this.#byPath.set(path, [selector]);
        else known.push(selector);
      }
    }
  }

  /** All requested paths. */
  get paths(): readonly string[] {
    return [...this.#byPath.keys()];
  }

  /** Selectors that match this file; empty if none does. */
  selectorsOf(file: SelectableFile): readonly FileSelector[] {
    const byPath = this.#selectorsByPath(file);
    if (file.realPath !== undefined) return byPath;
    const others = this.index.matching(file).filter((selector) => isInScope(selector, file));
    return byPath.length === 0 ? others : [...byPath, ...others];
  }

  /**
   * Selectors that match by path: a path selects the target of a link, never the link itself or a hidden
   * file.
   */
  #selectorsByPath(file: SelectableFile): readonly FileSelector[] {
    const { path, type, hidden, realPath } = file;
    const asking = this.#byPath.get(path);
    if (asking === undefined || hidden !== undefined || type === "symlink") return NONE;
    const itself = realPath === undefined ? file : { ...file, path: realPath };
    return asking.filter((selector) => isSelected(selector, itself));
  }
}

const NONE: readonly FileSelector[] = [];

/**
 * Whether the file is in the selector's scope: hidden files are not in the root, implicit folders are in no
 * layer.
 */
function isInScope({ scope = "root" }: FileSelector, { hidden, implicit }: SelectableFile): boolean {
  return scope === "root" ? hidden === undefined : implicit === undefined;
}
