import { setImmediate } from "node:timers/promises";

/** Steps before the thread looks at its events; a step is some system calls. */
const TURN_STEPS = 500;

/** Takes all steps of a long work, between which a signal is heard. @throws the signal's reason, once it is aborted */
export async function inTurns(steps: Iterable<void>, signal?: AbortSignal): Promise<void> {
  let left = TURN_STEPS;
  for (const _ of steps) {
    left -= 1;
    if (left > 0) continue;
    left = TURN_STEPS;
    await setImmediate();
    signal?.throwIfAborted();
  }
}
