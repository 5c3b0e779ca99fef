import { expect, test } from "vitest";
import { MatchBudget } from "./match-budget.ts";

test("gives as many comparisons as it has, and counts those that are asked for in vain", () => {
  const budget = new MatchBudget(2);
  expect([budget.take(), budget.take(), budget.refused]).toEqual([true, true, 0]);
  expect([budget.take(), budget.take(), budget.refused]).toEqual([false, false, 2]);
});
