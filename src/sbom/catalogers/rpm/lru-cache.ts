/** Cache of values made on demand. Above `most` values, the least recently used value is dropped. */
export class LruCache<Key, Value> {
  readonly #most: number;
  /** Values by key, the most recently used last. */
  readonly #values = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  /** @param make makes the value if the cache lacks it */
  get(key: Key, make: () => Value): Value {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const oldest of [...this.#values.keys()].slice(0, -this.#most)) this.#values.delete(oldest);
    return value;
  }
}
