/** State of a recording, in memory that the main thread and the thread that reads layers share. */
export class State {
  readonly shared: SharedArrayBuffer;
  readonly #step: Int32Array<SharedArrayBuffer>;

  constructor(shared = new SharedArrayBuffer(4)) {
    this.shared = shared;
    this.#step = new Int32Array(shared);
  }

  /** Ends the recording, and waits until the other thread has written its code. */
  finish(): void {
    this.#set(1);
    Atomics.wait(this.#step, 0, 1);
  }

  /** Waits in the other thread until all commands have run. */
  waitForEnd(): void {
    Atomics.wait(this.#step, 0, 0);
  }

  confirm(): void {
    this.#set(2);
  }

  #set(step: number): void {
    Atomics.store(this.#step, 0, step);
    Atomics.notify(this.#step, 0);
  }
}
