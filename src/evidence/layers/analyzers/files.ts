import { LIMITS } from "../../../contract/limits.ts";
import type { FilesFacts } from "../facts/facts.ts";
import { type Analysis, type Analyzer, hasContent, type LayerEntry } from "./analyzer.ts";
import type { AskedFiles } from "./asked.ts";
import { KeptTexts, MASK_MARGIN } from "./kept-texts.ts";
import type { WantedContent } from "./wanted-content.ts";

/** Matches of the rules' selectors, and texts of the matched files. */
export const FILES: Analyzer<"files"> = {
  name: "files",
  fileBytes: LIMITS.keptFileBytes + MASK_MARGIN,
  begin: (asked, wanted) => new FilesAnalysis(asked, wanted),
};

class FilesAnalysis implements Analysis<FilesFacts> {
  readonly #wanted: WantedContent | undefined;
  readonly #asked: readonly string[];
  readonly #also: ReadonlyMap<number, number>;
  readonly #matched: number[] = [];
  readonly #texts = new KeptTexts();
  /** Bytes to keep of the latest entry. */
  #keep = 0;

  constructor({ selected, also }: AskedFiles, wanted: WantedContent) {
    this.#wanted = selected ? wanted : undefined;
    this.#asked = selected ? wanted.ids : [];
    this.#also = new Map(also);
  }

  want(entry: LayerEntry): number {
    const wanted = this.#wanted?.of(entry);
    if (wanted?.isMatched === true) this.#matched.push(entry.index);
    if (!hasContent(entry)) return 0;
    this.#keep = Math.max(this.#also.get(entry.index) ?? 0, wanted?.bytes ?? 0);
    return this.#keep === 0 ? 0 : this.#keep + MASK_MARGIN;
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    this.#texts.add(entry, bytes, this.#keep);
  }

  facts(): FilesFacts {
    return { asked: this.#asked, matched: this.#matched, contents: this.#texts.contents };
  }
}
