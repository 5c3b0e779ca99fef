/** Hands text on in batches, so that many small pieces are not as many system calls. */
export class Batches {
  #waiting: string[] = [];
  #characters = 0;
  readonly #most: number;
  readonly #deliver: (text: string) => Promise<void>;

  /** @param most characters that wait for more */
  constructor(most: number, deliver: (text: string) => Promise<void>) {
    this.#most = most;
    this.#deliver = deliver;
  }

  async add(text: string): Promise<void> {
    this.#waiting.push(text);
    this.#characters += text.length;
    if (this.#characters >= this.#most) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#waiting.join("");
    this.#waiting = [];
    this.#characters = 0;
    await this.#deliver(text);
  }
}
