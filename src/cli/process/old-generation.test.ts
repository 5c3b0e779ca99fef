import { expect, test } from "vitest";
import { boundOldGeneration } from "./old-generation.ts";

test("a V8 that is not known keeps its own growth", () => {
  expect(() => boundOldGeneration("99.0")).not.toThrow();
});
