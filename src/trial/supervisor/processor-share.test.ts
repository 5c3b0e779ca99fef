import { expect, test } from "vitest";
import { isStarved, ProcessorShare } from "./processor-share.ts";
import { jiffiesIn, machineTime, timeIn } from "./processor-time.ts";

test.each([
  ["waits while others run", { wallMs: 10_000, waitedMs: 6_000, others: 0.9 }, true],
  ["waits for its own threads", { wallMs: 10_000, waitedMs: 6_000, others: 0.05 }, false],
  ["runs beside others", { wallMs: 10_000, waitedMs: 300, others: 0.9 }, false],
  ["has not run for long", { wallMs: 50, waitedMs: 40, others: 1 }, false],
])("a container that %s", (_, share, expected) => {
  expect(isStarved(share)).toBe(expected);
});

test("what the kernel writes is read", () => {
  expect(timeIn("1160892 541222 1\n")).toEqual({ ran: 1_160_892, waited: 541_222 });
  expect(timeIn("")).toBeUndefined();
  expect(machineTime("cpu  100 5 50 800 20 1 4 20 7 7\ncpu0 1 1 1 1 1 1 1 1 1 1\n")).toEqual({
    all: 1_000,
    busy: 180,
  });
  expect(machineTime("")).toEqual({ all: 0, busy: 0 });
  expect(jiffiesIn("7 (a b) c) S 1 7 7 0 -1 4194560 5 6 7 8 30 12 3 4 20 0 1")).toBe(49);
  expect(jiffiesIn("")).toBe(0);
});

test("a share is told of a process that is there, and of one that is not", () => {
  for (const pid of [process.pid, 2 ** 22]) {
    const { share } = new ProcessorShare(pid);
    expect(share.waitedMs).toBeGreaterThanOrEqual(0);
    expect(share.others).toBeGreaterThanOrEqual(0);
    expect(share.others).toBeLessThanOrEqual(1);
  }
});
