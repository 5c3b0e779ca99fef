import { expect, test } from "vitest";
import { utcTime } from "./time.ts";

test.each<[unknown, string | undefined]>([
  ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"],
  ["2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05Z"],
  ["2026-01-02 03:04:05+01:00", "2026-01-02T02:04:05Z"],
  ["2026-01-02T03:04:05-0230", "2026-01-02T05:34:05Z"],
  ["2026-01-02T03:04:05", undefined],
  ["2026-01-02", undefined],
  ["2026-13-02T03:04:05Z", undefined],
  ["2026-01-02T25:04:05Z", undefined],
  ["Fri, 2 Jan 2026 03:04:05", undefined],
  ["2026-01-02T03:04:05Z and more", undefined],
  [1_767_322_745_000, undefined],
  [null, undefined],
])("%j is %j", (value, expected) => {
  expect(utcTime(value)).toBe(expected);
});

test("a format may define times without a zone as UTC; a zone that is given counts", () => {
  expect(utcTime("2026-01-02T03:04:05", true)).toBe("2026-01-02T03:04:05Z");
  expect(utcTime("2026-01-02T03:04:05+01:00", true)).toBe("2026-01-02T02:04:05Z");
});
