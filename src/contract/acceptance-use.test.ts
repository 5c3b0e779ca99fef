import { expect, test } from "vitest";
import { daysLeft, endsSoon } from "./acceptance-use.ts";
import type { Acceptance } from "./verdict.ts";

const acceptance: Acceptance = { fingerprint: "x", reason: "y", author: "z", expires: "2026-03-01" };

test.each([
  ["2026-03-01", 0],
  ["2026-02-28", 1],
  ["2026-03-02", -1],
  ["2025-03-01", 365],
])("on %s an acceptance counts for %d days more", (today, days) => {
  expect(daysLeft(acceptance, today)).toBe(days);
});

test.each([
  [0, true],
  [14, true],
  [15, false],
  [-1, false],
])("with %d days left it ends soon: %s", (days, is) => {
  expect(endsSoon(days)).toBe(is);
});
