import { expect, test } from "vitest";
import { withinTime } from "./within-time.ts";

const late = () => new RangeError("late");

test("work that ends in time gives its result", () => {
  expect(withinTime(60_000, late, () => ["done"])).toEqual(["done"]);
  expect(withinTime(60_000, late, () => undefined)).toBeUndefined();
});

test.each([
  ["a loop", () => forever()],
  ["a loop that catches everything", () => stubborn()],
  ["a regular expression", () => /^(?:a|aa)+$/.test(`${"a".repeat(200)}b`)],
])("%s that does not end is ended", (_, work) => {
  expect(() => withinTime(20, late, work)).toThrow("late");
});

test("an error of the work is the work's, also one that speaks of time", () => {
  const own = new TypeError("own");
  expect(() => withinTime(60_000, late, () => throwing(own))).toThrow(own);
  expect(() => withinTime(60_000, late, () => throwing("text"))).toThrow("text");
});

test("work within work has its own time", () => {
  const inner = () => withinTime(20, () => new Error("inner"), forever);
  expect(() => withinTime(60_000, late, inner)).toThrow("inner");
  expect(() => withinTime(20, late, () => withinTime(60_000, () => new Error("inner"), forever))).toThrow(
    "late",
  );
  expect(withinTime(60_000, late, () => withinTime(60_000, late, () => 1) + 1)).toBe(2);
});

function forever(): never {
  for (;;);
}

function stubborn(): void {
  for (;;) {
    try {
      forever();
    } catch {
      // Again.
    }
  }
}

function throwing(error: unknown): never {
  throw error;
}
