import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { UnpackBudget } from "./unpack-budget.ts";

test("members of all archives of a layer are counted together, up to the bound", () => {
  const budget = new UnpackBudget();
  for (let count = 0; count < LIMITS.packedMembersPerLayer; count++) budget.addMember();
  expect(() => budget.addMember()).toThrow(expect.objectContaining({ reason: "too-much" }));
});
