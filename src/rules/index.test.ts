import { expect, test } from "vitest";
import { RULES, ruleOf } from "./index.ts";

test("a rule is found by its id", () => {
  for (const rule of RULES) expect(ruleOf(rule.id)).toBe(rule);
});

test("an id that no rule has is a mistake of ours", () => {
  expect(() => ruleOf("1.1-unheard-of")).toThrow("no rule 1.1-unheard-of");
});
