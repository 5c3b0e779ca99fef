import type { FileSelector } from "../../../contract/file-selector.ts";
import { WantedContent } from "../analyzers/wanted-content.ts";
import type { AnalyzerName } from "../facts/facts.ts";
import { distinctSelectors, selectorId } from "../facts/selector-text.ts";

/** Analyzers whose facts rules need. */
export const JUDGED: readonly AnalyzerName[] = ["entries", "files", "scripts", "secrets", "packages"];

/** Requests of a run: analyzers, and the file selectors of its rules. */
export class RunSelectors {
  /** Distinct selectors, with their readers. */
  readonly list: readonly FileSelector[];
  /** Texts that the selectors request of layers, for all readers. */
  readonly wanted: WantedContent;
  readonly analyzers: readonly AnalyzerName[];
  readonly #parts = new Map<string, WantedContent>();

  constructor(selectors: readonly FileSelector[], analyzers: readonly AnalyzerName[] = JUDGED) {
    this.analyzers = analyzers;
    this.list = distinctSelectors(selectors);
    this.wanted = new WantedContent(distinctSelectors(this.list.map(withoutReader)));
  }

  /** Identifiers, as given by selectorIds(). */
  get ids(): readonly string[] {
    return this.wanted.ids;
  }

  /** Identifiers of selectors that also apply inside archives. */
  get packedIds(): readonly string[] {
    return this.wanted.packedIds;
  }

  /** Selectors that the facts do not cover; undefined if there are none. */
  without(asked: readonly string[]): WantedContent | undefined {
    const known = new Set(asked);
    const missing = this.ids.filter((id) => !known.has(id));
    if (missing.length === 0) return undefined;
    const key = missing.join();
    // Layers read by the same older version lack the same selectors, so the result is reused.
    const part =
      this.#parts.get(key) ??
      new WantedContent(this.wanted.selectors.filter((one) => missing.includes(selectorId(one))));
    this.#parts.set(key, part);
    return part;
  }
}

/** A function could not be sent to a thread, and the facts of a layer do not depend on it. */
function withoutReader(selector: FileSelector): FileSelector {
  const { reader: _, ...others } = selector;
  return others;
}
