import type { MatchBudget } from "./match-budget.ts";

/**
 * Text under scan: a file of a layer, or a field of the config (without a path). A class is used because V8
 * gives each object literal with a getter a hidden class that keeps the text alive in the old generation (7
 * MB for 263 files).
 */
export class ScannedText {
  /** Path in the image, absolute; empty if the text is not a file. */
  readonly path: string;
  /** Comparisons left; absent for a short text and for a text with no shared budget. */
  readonly budget: MatchBudget | undefined;
  readonly #decode: () => string;
  readonly #known = new Map<string, boolean>();
  #decoded: string | undefined;

  /**
   * @param decode returns the text when it is first needed: most files contain no anchor and are never
   * decoded
   */
  constructor(decode: () => string, path: string, budget?: MatchBudget) {
    this.#decode = decode;
    this.path = path;
    this.budget = budget;
  }

  get text(): string {
    this.#decoded ??= this.#decode();
    return this.#decoded;
  }

  /** Whether the text contains this word; the result is cached, so each word is searched only once. */
  mentions(word: string): boolean {
    const answer = this.#known.get(word) ?? this.text.includes(word);
    this.#known.set(word, answer);
    return answer;
  }
}
