/**
 * Synchronises the same participants again and again: each waits until all that are present wait, too.
 * Participants that have left are not waited for.
 */
export class CyclicBarrier {
  #present: number;
  #waiting = 0;
  #isWanted = false;
  #open = Promise.withResolvers<boolean>();

  constructor(count: number) {
    this.#present = count;
  }

  /**
   * Waits until all wait.
   *
   * @param wants the participant's vote
   * @returns whether at least one of them wants it
   */
  async wait(wants = false): Promise<boolean> {
    const { promise } = this.#open;
    this.#waiting += 1;
    this.#isWanted ||= wants;
    this.#openIfComplete();
    return promise;
  }

  /** Called once by a participant that waits no more. */
  leave(): void {
    this.#present -= 1;
    this.#openIfComplete();
  }

  #openIfComplete(): void {
    if (this.#waiting < this.#present) return;
    this.#open.resolve(this.#isWanted);
    this.#open = Promise.withResolvers();
    this.#waiting = 0;
    this.#isWanted = false;
  }
}
