/**
 * A bounded selection from several lists: the first item of each, then the second of each, so that no list
 * crowds out another.
 */
export class FairTopN<T> {
  #ranked: { readonly item: T; readonly rank: number }[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param rank index of the item in its own list */
  add(item: T, rank: number): void {
    const last = this.#ranked.at(-1);
    if (this.#ranked.length === this.#limit && last !== undefined && last.rank <= rank) return;
    // The sort is stable: items of equal rank keep the order of their lists.
    this.#ranked = [...this.#ranked, { item, rank }].sort((a, b) => a.rank - b.rank).slice(0, this.#limit);
  }

  get first(): readonly T[] {
    return this.#ranked.map(({ item }) => item);
  }
}
