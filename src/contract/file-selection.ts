import type { FileSelector } from "./file-selector.ts";
import type { FileFacts, FileHeader } from "./image-facts.ts";
import { isSelected, SelectorIndex } from "./selector-index.ts";

/** A file of an image, as far as selectors look at it. */
export type SelectableFile = FileHeader & Pick<FileFacts, "hidden" | "implicit" | "realPath">;

/**
 * Which files some selectors mean. There is no other answer to it: the collector keeps by it what
 * all rules ask for, the judge hands by it to each rule what that one asked for.
 */
export class FileSelection {
  /** Of selectors without `paths`; it does not look at the scope. */
  readonly index: SelectorIndex;
  readonly #byPath = new Map<string, FileSelector[]>();

  constructor(selectors: readonly FileSelector[]) {
    this.index = new SelectorIndex(selectors);
    for (const selector of selectors) {
      // A layer has no links to be followed: they lead through all of them.
      if (selector.scope === "layers") continue;
      for (const path of selector.paths ?? []) {
        const known = this.#byPath.get(path);
        if (known === undefined) this.#byPath.set(path, [selector]);
        else known.push(selector);
      }
    }
  }

  /** Each path that is asked for. */
  get paths(): readonly string[] {
    return [...this.#byPath.keys()];
  }

  /** The selectors that mean this file; none, when it is nothing that was asked for. */
  selectorsOf(file: SelectableFile): readonly FileSelector[] {
    const byPath = this.#selectorsByPath(file);
    if (file.realPath !== undefined) return byPath;
    const others = this.index.matching(file).filter((selector) => isInScope(selector, file));
    return byPath.length === 0 ? others : [...byPath, ...others];
  }

  /** A path means what it leads to: never the link that stands there, nor what the container does not see. */
  #selectorsByPath(file: SelectableFile): readonly FileSelector[] {
    const { path, type, hidden, realPath } = file;
    const asking = this.#byPath.get(path);
    if (asking === undefined || hidden !== undefined || type === "symlink") return NONE;
    const itself = realPath === undefined ? file : { ...file, path: realPath };
    return asking.filter((selector) => isSelected(selector, itself));
  }
}

const NONE: readonly FileSelector[] = [];

/** What a later layer hid is in no root; a directory that no entry makes is in no layer. */
function isInScope({ scope = "root" }: FileSelector, { hidden, implicit }: SelectableFile): boolean {
  return scope === "root" ? hidden === undefined : implicit === undefined;
}
