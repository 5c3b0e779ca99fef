import { matches, type Pattern, parsePattern, partsOf } from "./pattern.ts";

/** Lines of one file that count: a repository has some hundred. */
const MOST = 10_000;

/** Patterns of one ignore file, relative to its folder. */
export class Patterns {
  readonly #patterns: readonly Pattern[];

  constructor(text: string) {
    this.#patterns = text
      .split("\n", MOST)
      .map((line) => parsePattern(line))
      .filter((pattern) => pattern !== undefined)
      .toReversed();
  }

  get count(): number {
    return this.#patterns.length;
  }

  /**
   * The last line that matches decides; undefined: none does.
   *
   * @param path relative to the folder, with `/`
   */
  excludes(path: string, isFolder: boolean): boolean | undefined {
    const parts = partsOf(path);
    const found = this.#patterns.find((pattern) => matches(pattern, parts, isFolder));
    return found === undefined ? undefined : !found.negated;
  }
}
