/** Opens once the given number of participants have arrived. */
export class Latch {
  readonly #open = Promise.withResolvers<void>();
  #missing: number;

  constructor(count: number) {
    this.#missing = count;
    if (count === 0) this.#open.resolve();
  }

  /** Resolves when the latch is open. */
  get opened(): Promise<void> {
    return this.#open.promise;
  }

  arrive(): void {
    this.#missing -= 1;
    if (this.#missing <= 0) this.#open.resolve();
  }
}
