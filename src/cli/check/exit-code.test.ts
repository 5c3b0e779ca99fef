import { expect, test } from "vitest";
import type { Verdict } from "../../contract/verdict.ts";
import { exitCodeOf } from "./exit-code.ts";

function verdict(admitted: Verdict["admitted"]): Verdict {
  return { subject: { name: "app", images: [] }, contract: "2025-06", admitted, rows: [] };
}

test.each([
  [["yes"], [], "unproven", 0],
  [["unproven"], [], "unproven", 2],
  [["unproven"], [], "refused", 0],
  [["no"], [], "refused", 1],
  [["yes", "unproven", "no"], [], "unproven", 1],
  [["yes", "no"], [69], "unproven", 3],
  [["no"], [69], "refused", 3],
  [["no"], [69, 65, 64], "unproven", 3],
  [["yes", "unproven"], [69, 65], "unproven", 65],
  [["yes"], [65, 64], "unproven", 64],
  [["no"], [64, 70], "unproven", 70],
  [[], [69], "refused", 69],
] as const)(
  "verdicts %j and failures %j, failing on what is %3$s: %4$s",
  (admitted, failures, failOn, exit) => {
    expect(exitCodeOf(admitted.map(verdict), failures, failOn)).toBe(exit);
  },
);

test.each(["unproven", "refused"] as const)(
  "what was skipped may be refused: it stops a pipeline that fails on what is %s",
  (failOn) => {
    expect(exitCodeOf([verdict("yes")], [], failOn, ["a chart"])).toBe(2);
    expect(exitCodeOf([verdict("no")], [], failOn, ["a chart"])).toBe(1);
  },
);
