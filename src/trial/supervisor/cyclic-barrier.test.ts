import { expect, test } from "vitest";
import { CyclicBarrier } from "./cyclic-barrier.ts";

test("opens for all that are present, again and again, with the votes of this time", async () => {
  const barrier = new CyclicBarrier(2);
  const passed: string[] = [];
  const goes = async (name: string, votes: readonly boolean[]): Promise<void> => {
    for (const vote of votes) passed.push(`${name} ${await barrier.wait(vote)}`);
  };
  await Promise.all([goes("a", [false, true, false]), goes("b", [false, false, false])]);
  expect(passed).toEqual(["a false", "b false", "a true", "b true", "a false", "b false"]);
});

test("waits for nobody who has left, before or while others wait", async () => {
  const barrier = new CyclicBarrier(3);
  barrier.leave();
  let isOpen = false;
  const waits = async (): Promise<void> => {
    isOpen = await barrier.wait(true);
  };
  const waiting = waits();
  await Promise.resolve();
  expect(isOpen).toBe(false);
  barrier.leave();
  await waiting;
  expect([isOpen, await barrier.wait()]).toEqual([true, false]);
});
