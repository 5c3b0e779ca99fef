import { expect, test } from "vitest";
import { withoutTimes } from "./without-times.ts";

test.each([
  ["run-20261129-120000", "run-#"],
  ["run_2026-11-29T12:00:00.123Z.txt", "run_#.txt"],
  ["2026.11.29", "#"],
  ["1732881600", "#"],
  ["seen-1732881600123.json", "seen-#.json"],
  ["order-19", "order-19"],
  ["build-20269999", "build-20269999"],
  ["99202611291200", "99202611291200"],
  ["v1.2.3", "v1.2.3"],
  ["x17328816001", "x17328816001"],
])("%s → %s", (name, expected) => {
  expect(withoutTimes(name)).toBe(expected);
});
