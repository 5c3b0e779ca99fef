/** Comparisons that the search of a layer may make with the forms of secrets. Text made to look like secrets compresses a thousandfold, and each comparison takes up to 50 µs. */
export class MatchBudget {
  #left: number;
  #refused = 0;

  /** @param count comparisons that it gives */
  constructor(count: number) {
    this.#left = count;
  }

  /** Takes one comparison; false where none is left. */
  take(): boolean {
    if (this.#left > 0) {
      this.#left -= 1;
      return true;
    }
    this.#refused += 1;
    return false;
  }

  /** Comparisons that were asked for in vain. */
  get refused(): number {
    return this.#refused;
  }
}
