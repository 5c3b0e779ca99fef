import { expect, test } from "vitest";
import { type Outcome, scoreOf } from "./outcome.ts";

function score(...outcomes: readonly Outcome[]): string {
  return scoreOf(outcomes.map((outcome) => ({ outcome })));
}

test("what no test reaches is no part of the share, and what is undecided counts as alive", () => {
  expect(score("killed", "killed", "late", "survives", "undecided", "unreached")).toBe(
    "6 drawn, 5 reached, 3 killed (60.0 % of those reached; 1 by time), 1 survive, 1 undecided, 1 reached by no test",
  );
  expect(score("unreached")).toContain("0 reached, 0 killed (0.0 % of those reached");
});
