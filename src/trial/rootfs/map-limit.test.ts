import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { mapLimit } from "./map-limit.ts";

function* counting(to: number, steps: number[]): Generator<void, void> {
  for (let step = 1; step <= to; step += 1) {
    steps.push(step);
    yield;
  }
}

test("all steps are taken, in their order", async () => {
  const steps: number[] = [];
  await mapLimit(counting(1_200, steps));
  expect(steps).toHaveLength(1_200);
  expect(steps.at(-1)).toBe(1_200);
});

test("a signal that comes meanwhile ends the work at its next turn", async () => {
  const [steps, abort, reason] = [[] as number[], new AbortController(), new Error("SIGTERM")];
  const work = mapLimit(counting(1_000_000, steps), abort.signal);
  await setImmediate();
  abort.abort(reason);
  await expect(work).rejects.toBe(reason);
  expect(steps.length).toBeLessThan(10_000);
});
