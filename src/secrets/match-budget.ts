/** Comparisons that the search of a layer may make with the forms of secrets. Text made to look like secrets compresses a thousandfold, and each comparison takes up to 50 µs. */
export class MatchBudget {
  #left: number;
  #refused = 0;

  /** @param count comparisons of the budget */
  constructor(count: number) {
    this.#left = count;
  }

  /** Takes one comparison from the budget; false if none is left. */
  take(): boolean {
    if (this.#left > 0) {
      this.#left -= 1;
      return true;
    }
    this.#refused += 1;
    return false;
  }

  /** Number of comparisons that were refused. */
  get refused(): number {
    return this.#refused;
  }
}
