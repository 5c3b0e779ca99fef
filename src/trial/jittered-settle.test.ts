import { expect, test } from "vitest";
import { jitteredSettle } from "./jittered-settle.ts";

test("it lasts as long as was asked for, and up to half as long again", () => {
  const drawn = Array.from({ length: 500 }, () => jitteredSettle(600));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(600);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(900);
  expect(new Set(drawn).size).toBeGreaterThan(100);
});

test("nothing stays nothing", () => {
  expect(jitteredSettle(0)).toBe(0);
});
