import { expect, test } from "vitest";
import { FairQueue } from "./fair-queue.ts";

/** A queue whose work ends one by one, on demand. */
function manual(atATime: number, most = 100) {
  const queue = new FairQueue(atATime, most);
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const add = (namespace: string, name: string) =>
    queue.add(namespace, async () => {
      started.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
    });
  const end = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, started, add, end };
}

test("namespaces take turns", async () => {
  const { started, add, end } = manual(1);
  for (const name of ["a1", "a2", "a3", "a4"]) add("a", name);
  add("b", "b1");
  for (let count = 0; count < 4; count++) await end();
  expect(started).toEqual(["a1", "a2", "b1", "a3", "a4"]);
});

test("a few pieces run at a time, and those that wait are bounded", async () => {
  const { queue, started, add, end } = manual(2, 2);
  expect(["1", "2", "3", "4", "5"].map((name) => add("a", name))).toEqual([true, true, true, true, false]);
  expect([started, queue.waiting]).toEqual([["1", "2"], 2]);
  await end();
  expect([started, queue.waiting, add("a", "6")]).toEqual([["1", "2", "3"], 1, true]);
});
