import { expect, test } from "vitest";
import { parseQuantity } from "./quantity.ts";

test.each([
  ["500m", 0.5],
  ["128Mi", 134_217_728],
  ["1G", 1e9],
  ["2", 2],
  ["+1.5k", 1_500],
  [".5", 0.5],
  ["1e3", 1_000],
  ["1E", 1e18],
  ["1E-2", 0.01],
  ["1e-400", 1e-9],
  ["1e-999999999", 1e-9],
  [`0.${"0".repeat(400)}1`, 1e-9],
  ["0.1n", 1e-9],
  ["0", 0],
  ["0.000", 0],
  ["0e9", 0],
  ["1e999", Number.MAX_VALUE],
  ["-1", undefined],
  ["", undefined],
  ["m", undefined],
  ["1 Mi", undefined],
  ["1Zi", undefined],
  ["1to", undefined],
])("%j is %j", (text, value) => {
  expect(parseQuantity(text)).toBe(value);
});
