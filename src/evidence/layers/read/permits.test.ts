import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { Permits } from "./permits.ts";

test("no more work is under way than there are permits, and all of it is done, in order", async () => {
  const permits = new Permits(2);
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  await Promise.all(
    [0, 1, 2, 3, 4].map((item) =>
      permits.run(async () => {
        begun.push(item);
        now += 1;
        most = Math.max(most, now);
        await setImmediate();
        now -= 1;
      }),
    ),
  );
  expect([begun, most]).toEqual([[0, 1, 2, 3, 4], 2]);
});

test("an error gives its permit back", async () => {
  const permits = new Permits(1);
  await expect(
    permits.run(async () => {
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await permits.run(async () => "next")).toBe("next");
});
