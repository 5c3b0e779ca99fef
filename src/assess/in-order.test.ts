import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { inOrder } from "./in-order.ts";

async function all<T>(results: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const result of results) list.push(result);
  return list;
}

test("gives results in the order of the items, with so many under way at a time", async () => {
  let now = 0;
  let most = 0;
  const results = inOrder([30, 1, 20, 1, 10], 2, async (ms) => {
    now += 1;
    most = Math.max(most, now);
    await setTimeout(ms);
    now -= 1;
    return ms;
  });
  expect(await all(results)).toEqual([30, 1, 20, 1, 10]);
  expect(most).toBe(2);
});

test("begins nothing that nobody waits for", async () => {
  const begun: number[] = [];
  const results = inOrder([1, 2, 3, 4], 2, async (item) => void begun.push(item));
  await results.next();
  expect(begun).toEqual([1, 2]);
  await results.return();
  expect(begun).toEqual([1, 2]);
});

test("an error is thrown in its turn, once what is under way has ended", async () => {
  const ended: string[] = [];
  const results = inOrder(["a", "b", "c"], 3, async (item) => {
    await setTimeout(item === "c" ? 20 : 1);
    ended.push(item);
    if (item === "b") throw new Error("b");
    return item;
  });
  expect((await results.next()).value).toBe("a");
  await expect(results.next()).rejects.toThrow("b");
  expect(ended).toEqual(["a", "b", "c"]);
});

test("nothing is done at once", async () => {
  expect(await all(inOrder([], 4, async () => 1))).toEqual([]);
});
