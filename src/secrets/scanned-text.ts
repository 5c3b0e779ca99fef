import type { MatchBudget } from "./match-budget.ts";

/**
 * A text under scan: a file of a layer, or a field of the config (without a path). A class, because V8 gives
 * each object literal with a getter a hidden class that keeps the text alive in the old generation (7 MB for
 * 263 files).
 */
export class ScannedText {
  /** Absolute, in the image; empty when the text is no file. */
  readonly path: string;
  /** Absent: the text is short, or its own. */
  readonly budget: MatchBudget | undefined;
  readonly #decode: () => string;
  readonly #known = new Map<string, boolean>();
  #decoded: string | undefined;

  /** @param decode gives the text, when it is first asked for: most files hold no anchor, and are never decoded */
  constructor(decode: () => string, path: string, budget?: MatchBudget) {
    this.#decode = decode;
    this.path = path;
    this.budget = budget;
  }

  get text(): string {
    this.#decoded ??= this.#decode();
    return this.#decoded;
  }

  /** True when the text holds this word anywhere. Searched once per word, however often it is asked. */
  mentions(word: string): boolean {
    const answer = this.#known.get(word) ?? this.text.includes(word);
    this.#known.set(word, answer);
    return answer;
  }
}
