import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { mapLimit } from "./map-limit.ts";

test.each([
  [0, 3],
  [1, 1],
  [5, 3],
  [5, 100],
])("%i items, %i at once: results in the order of the items", async (count, limit) => {
  let now = 0;
  let most = 0;
  const items = Array.from({ length: count }, (_, index) => index);
  const results = await mapLimit(items, limit, async (item) => {
    most = Math.max(most, ++now);
    for (let turn = item; turn < count; turn++) await setImmediate();
    now--;
    return -item;
  });
  expect(results).toEqual(items.map((item) => -item));
  expect(most).toBe(Math.min(count, limit));
});

test("after a failure no item is begun, and those under way end before it is thrown", async () => {
  const ended: number[] = [];
  const failing = mapLimit([0, 1, 2, 3], 2, async (item) => {
    if (item === 0) throw new Error("x");
    await setImmediate();
    ended.push(item);
  });
  await expect(failing).rejects.toThrow("x");
  expect(ended).toEqual([1]);
});
