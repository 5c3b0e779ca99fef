import type { SupervisorMessage } from "../plan/plan.ts";

/** Milliseconds within which a container that handles the stop signal has usually stopped. */
const LONG_MS = 500;

/**
 * Informs the parent process when a pod only waits for containers that do not stop, and when that is over.
 */
export class StopWaits {
  readonly #send: (message: SupervisorMessage) => void;
  #waiting = 0;

  constructor(send: (message: SupervisorMessage) => void) {
    this.#send = send;
  }

  /**
   * Waits for the stop of a container. The containers of a pod are stopped only after all have been examined,
   * so the whole pod then waits.
   *
   * @param onLong called if the container does not stop at once
   */
  async during<T>(wait: Promise<T>, onLong: () => void): Promise<T> {
    let isLong = false;
    const timer = setTimeout(() => {
      isLong = true;
      onLong();
      this.#waiting += 1;
      if (this.#waiting === 1) this.#send({ kind: "idle", idle: true });
    }, LONG_MS);
    try {
      return await wait;
    } finally {
      clearTimeout(timer);
      if (isLong) this.#waiting -= 1;
      if (isLong && this.#waiting === 0) this.#send({ kind: "idle", idle: false });
    }
  }
}
