import { expect, test } from "vitest";
import { untilOf } from "./webhook-timeout.ts";

test.each([
  ["10s", 9_000],
  ["1s", 750],
  ["3s", 2_700],
  ["1m0s", 27_000],
  ["30s", 27_000],
  ["1.5s", 1_250],
  ["500ms", 250],
  ["100ms", 0],
  ["0s", 0],
  ["", 9_000],
  ["ten", 9_000],
  ["-5s", 9_000],
  ["10", 9_000],
  ["999999999s", 9_000],
])("timeout=%s leaves %i ms", (timeout, expected) => {
  expect(untilOf(new URLSearchParams({ timeout }), 1_000) - 1_000).toBe(expected);
});

test("without it the API server waits ten seconds", () => {
  expect(untilOf(new URLSearchParams(), 0)).toBe(9_000);
});
