import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { StepCounter } from "./step-counter.ts";

test("directories that an image's paths lead through are counted up to the bound, which is named", () => {
  const counter = new StepCounter();
  for (let count = 0; count < LIMITS.pathStepsPerImage; count++) counter.step();
  expect(() => counter.step()).toThrow("20000000 directories (bound pathStepsPerImage)");
});
