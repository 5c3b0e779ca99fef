import { expect, test } from "vitest";
import { lowerPriority } from "./container-factory.ts";

test.each([
  [0, 5],
  [10, 15],
  [19, 19],
  [-20, -15],
])("a supervisor of niceness %i has containers of niceness %i, never of a higher priority", (own, lower) => {
  expect(lowerPriority(own)).toBe(lower);
});
