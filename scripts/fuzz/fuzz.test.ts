import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";
import type { Target } from "./target.ts";
import { TARGETS } from "./targets.ts";

test.each(TARGETS)("$name: changed inputs are read or refused, in good time", async (target) => {
  const { findings, executions } = await fuzz(target, { seed: 1, goesOn: (done) => done < 400 });
  expect(executions).toBeGreaterThanOrEqual(400);
  expect(findings.map(({ problem, input }) => `${problem} ${input.toString("base64")}`)).toEqual([]);
});

test("an error that no user could be told is found and made small", async () => {
  const target: Target = {
    name: "bad",
    seeds: [Buffer.from("a line that is long\n".repeat(5))],
    run(input) {
      if (input.includes(0xff)) throw new TypeError("broken");
    },
  };
  const { findings } = await fuzz(target, { seed: 1, goesOn: (done) => done < 400 });
  expect(findings.map(({ input }) => [...input])).toEqual([[0xff]]);
  expect(findings[0]?.problem).toContain("broken");
});
