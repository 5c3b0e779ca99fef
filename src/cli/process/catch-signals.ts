import { setImmediate } from "node:timers/promises";
import { type Context, Interruption } from "./context.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Leaves SIGINT and SIGTERM to the system, which ends the process, except during catchSignals(): a JavaScript
 * listener would wait for a busy thread.
 *
 * @param isInit whether this is PID 1, for which the system ignores these signals by default
 */
export function signalCatcher(isInit = process.pid === 1): Pick<Context, "signal" | "catchSignals"> {
  const controller = new AbortController();
  const { signal } = controller;
  let sections = 0;

  function caught(name: (typeof SIGNALS)[number]): void {
    const interruption = new Interruption(name);
    if (sections === 0 || signal.aborted) process.exit(interruption.exit);
    controller.abort(interruption);
    // A second signal ends the process, even during clean-up.
    if (!isInit) ignore();
  }

  function listen(): void {
    for (const name of SIGNALS) process.on(name, caught);
  }

  function ignore(): void {
    for (const name of SIGNALS) process.off(name, caught);
  }

  /**
   * Runs work with signals caught. Calls may be nested or overlap: the last call to end removes the
   * listeners, and rejects.
   */
  async function catchSignals<T>(work: () => Promise<T>): Promise<T> {
    if (sections === 0 && !isInit) listen();
    sections += 1;
    try {
      await pendingSignals();
      signal.throwIfAborted();
      return await work();
    } finally {
      if (sections === 1) await pendingSignals();
      sections -= 1;
      if (sections === 0) {
        if (!isInit) ignore();
        signal.throwIfAborted();
      }
    }
  }

  if (isInit) listen();
  return { signal, catchSignals };
}

/**
 * Waits one turn of the event loop, so that signals received while the thread was busy reach their listeners.
 */
async function pendingSignals(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
