import { expect, test } from "vitest";
import { LIMITS } from "./limits.ts";

test.each(Object.entries(LIMITS))("%s bounds by a whole number", (_, bound) => {
  expect(Number.isSafeInteger(bound) && bound > 0).toBe(true);
});
