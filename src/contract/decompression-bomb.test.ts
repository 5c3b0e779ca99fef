import { expect, test } from "vitest";
import { isDecompressionBomb } from "./decompression-bomb.ts";
import { LIMITS } from "./limits.ts";

const { expansionFloorBytes: floor, expansionRatio: ratio } = LIMITS;

test.each([
  ["small content of any ratio", floor, 1, false],
  ["one byte above the floor, of nothing", floor + 1, 0, true],
  ["at the ratio", floor * ratio, floor, false],
  ["above the ratio", floor * ratio + 1, floor, true],
])("%s", (_, unpacked, packed, isBomb) => {
  expect(isDecompressionBomb(unpacked, packed)).toBe(isBomb);
});
