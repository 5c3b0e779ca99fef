interface Waiting {
  readonly work: () => Promise<void>;
}

/**
 * Queue that runs a few tasks at a time. Namespaces take turns: a namespace with 10,000 unknown images delays
 * the first pod of another namespace by only one task.
 */
export class FairQueue {
  readonly #lines = new Map<string, Waiting[]>();
  readonly #atATime: number;
  readonly #most: number;
  #running = 0;
  #waiting = 0;

  /** @param most maximum number of waiting tasks of all namespaces together */
  constructor(atATime: number, most: number) {
    this.#atATime = atATime;
    this.#most = most;
  }

  /** Number of waiting tasks. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Enqueues a task, which must not reject.
   *
   * @returns whether the queue had room for the task
   */
  add(namespace: string, work: () => Promise<void>): boolean {
    if (this.#waiting >= this.#most) return false;
    const line = this.#lines.get(namespace);
    if (line === undefined) this.#lines.set(namespace, [{ work }]);
    else line.push({ work });
    this.#waiting += 1;
    this.#next();
    return true;
  }

  #next(): void {
    while (this.#running < this.#atATime) {
      const [first] = this.#lines;
      if (first === undefined) return;
      const [namespace, line] = first;
      const one = line.shift();
      // The namespace moves behind the others.
      this.#lines.delete(namespace);
      if (line.length > 0) this.#lines.set(namespace, line);
      if (one === undefined) continue;
      this.#waiting -= 1;
      this.#running += 1;
      void one.work().finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }
}
