/** Map whose values have a bounded weight in all, and which drops the least recently used entries. */
export class WeightedMap<V> {
  readonly #entries = new Map<string, { readonly value: V; readonly weight: number }>();
  readonly #most: number;
  #held = 0;

  /** @param most maximum weight of all values */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): V | undefined {
    const known = this.#entries.get(key);
    if (known === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, known);
    return known.value;
  }

  /** A value heavier than the maximum is not held. */
  set(key: string, value: V, weight: number): void {
    this.#held += weight - (this.#entries.get(key)?.weight ?? 0);
    this.#entries.delete(key);
    this.#entries.set(key, { value, weight });
    for (const [oldest, { weight: dropped }] of this.#held > this.#most ? this.#entries : []) {
      this.#entries.delete(oldest);
      this.#held -= dropped;
      if (this.#held <= this.#most) break;
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#held = 0;
  }
}
