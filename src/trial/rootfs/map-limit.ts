import { setImmediate } from "node:timers/promises";

/** Steps before the thread handles its events; a step is a few system calls. */
const TURN_STEPS = 500;

/**
 * Runs all steps of long work, with pauses in which signals are handled.
 *
 * @throws the signal's reason if it is aborted
 */
export async function mapLimit(steps: Iterable<void>, signal?: AbortSignal): Promise<void> {
  let left = TURN_STEPS;
  for (const _ of steps) {
    left -= 1;
    if (left > 0) continue;
    left = TURN_STEPS;
    await setImmediate();
    signal?.throwIfAborted();
  }
}
