import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { inParallel } from "./in-parallel.ts";

test("gives results in the order of the items, with so many under way at a time", async () => {
  let now = 0;
  let most = 0;
  const settled = await inParallel([30, 1, 20, 1, 10], 2, async (ms) => {
    now += 1;
    most = Math.max(most, now);
    await setTimeout(ms);
    now -= 1;
    return ms;
  });
  expect(settled.map((one) => one.status === "fulfilled" && one.value)).toEqual([30, 1, 20, 1, 10]);
  expect(most).toBe(2);
});

test("an error keeps no other back", async () => {
  const settled = await inParallel(["a", "b", "c"], 4, async (item) => {
    if (item === "b") throw new Error("b");
    return item;
  });
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("nothing is done at once", async () => {
  expect(await inParallel([], 4, async () => 1)).toEqual([]);
});
