import { baseName } from "../../../contract/base-name.ts";
import type { FileSelector } from "../../../contract/file-selector.ts";
import type { FileHeader } from "../../../contract/image-facts.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { SelectorIndex } from "../../../contract/selector-index.ts";
import { selectorIds } from "../facts/selector-text.ts";

/** Selection of a file by its header, before links to it are known. */
export interface Wanted {
  /** Whether a selector without `paths` matches the file. */
  readonly isMatched: boolean;
  /** Bytes of content requested. */
  readonly bytes: number;
}

const NOTHING: Wanted = { isMatched: false, bytes: 0 };

/** Decides from the header alone what selectors request of a file. */
export class WantedContent {
  readonly selectors: readonly FileSelector[];
  /** Identifiers of the selectors, sorted. */
  readonly ids: readonly string[];
  /** Identifiers of selectors that also apply inside archives. */
  readonly packedIds: readonly string[];
  readonly #index: SelectorIndex;
  readonly #packed: SelectorIndex;
  readonly #byBaseName = new Map<string, number>();

  constructor(selectors: readonly FileSelector[]) {
    this.selectors = selectors;
    this.ids = selectorIds(selectors);
    this.#index = new SelectorIndex(selectors);
    const packed = selectors.filter((selector) => selector.packed);
    this.packedIds = selectorIds(packed);
    this.#packed = new SelectorIndex(packed);
    for (const { paths = [], content = 0 } of selectors) {
      for (const path of content === 0 ? [] : paths) {
        const name = baseName(path);
        this.#byBaseName.set(name, Math.max(content, this.#byBaseName.get(name) ?? 0));
      }
    }
  }

  /**
   * Selection by path and header. A requested path may be a link, here or in another layer, and a link
   * usually keeps the name (/etc/os-release → ../usr/lib/os-release): contents of all files with that name
   * are selected. Other targets are read in a later pass (see Contents).
   */
  of(file: FileHeader): Wanted {
    const name = baseName(file.path);
    const matching = this.#index.matching(file, name);
    let bytes = this.#byBaseName.get(name) ?? 0;
    if (matching.length === 0 && bytes === 0) return NOTHING;
    for (const { content = 0 } of matching) bytes = Math.max(bytes, content);
    return { isMatched: matching.length > 0, bytes: Math.min(bytes, LIMITS.keptFileBytes) };
  }

  /** Selection of a member of an archive. @param path the member's path, with `!/` after the archive */
  ofMember(path: string): Wanted {
    const matching = this.#packed.matching({ path, type: "file", mode: 0o644, packed: true });
    if (matching.length === 0) return NOTHING;
    const bytes = Math.max(...matching.map(({ content = 0 }) => content));
    return { isMatched: true, bytes: Math.min(bytes, LIMITS.keptFileBytes) };
  }
}
