import type { SupervisorMessage } from "../plan/plan.ts";

/** A container that stops when asked has stopped by then. */
const LONG_MS = 500;

/** Tells the parent process when a pod only waits for containers that do not stop, and when that is over. */
export class StopWaits {
  readonly #send: (message: SupervisorMessage) => void;
  #waiting = 0;

  constructor(send: (message: SupervisorMessage) => void) {
    this.#send = send;
  }

  /**
   * Containers are asked to stop once all of the pod have been examined, so that a wait for one is a wait of the pod.
   *
   * @param onLong called when it does not stop at once
   */
  async during<T>(wait: Promise<T>, onLong: () => void): Promise<T> {
    let isLong = false;
    const timer = setTimeout(() => {
      isLong = true;
      onLong();
      this.#waiting += 1;
      if (this.#waiting === 1) this.#send({ type: "idle", idle: true });
    }, LONG_MS);
    try {
      return await wait;
    } finally {
      clearTimeout(timer);
      if (isLong) this.#waiting -= 1;
      if (isLong && this.#waiting === 0) this.#send({ type: "idle", idle: false });
    }
  }
}
