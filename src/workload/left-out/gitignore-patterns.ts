import { matches, type Pattern, parsePattern, partsOf } from "./gitignore-pattern.ts";

/** Maximum number of lines used per file; a repository has some hundred. */
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
   * Whether the path is excluded, by the last matching line; undefined if no line matches.
   *
   * @param path path relative to the folder, with `/`
   */
  excludes(path: string, isFolder: boolean): boolean | undefined {
    const parts = partsOf(path);
    const found = this.#patterns.find((pattern) => matches(pattern, parts, isFolder));
    return found === undefined ? undefined : !found.negated;
  }
}
