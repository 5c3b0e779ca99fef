import { expect, test } from "vitest";
import { DEADLINE, exits, said, server, trialFacts } from "../../test/fixtures/trial-facts.ts";
import { failedStart } from "./failed-start.ts";

test("the last twenty lines, stderr last, without colours", () => {
  const lines = Array.from({ length: 30 }, (_, index) => `\u001b[31mline ${index}\u001b[0m`).join("\n");
  const writable = exits(1, said(`${lines}\n`), said("out\n", "stdout"));
  const failed = failedStart(trialFacts({ "read-only": exits(1, said("other\n")), writable }));
  expect(failed).toMatchObject({
    phase: "writable",
    reason: { en: "the process ended by itself after 0.2 s, code 1: line 29" },
    settle: { en: expect.stringContaining("trial.env") },
  });
  expect(failed?.lines).toHaveLength(20);
  expect(failed?.lines.at(0)).toBe("line 10");
});

test("of the read-only root, where nothing else took place", () => {
  const failed = failedStart(trialFacts({ "read-only": exits(1, said("a\n")), writable: null }));
  expect(failed).toMatchObject({ phase: "read-only", lines: ["a"] });
});

test("of the read-only root, where it comes up on the other one", () => {
  const readOnly = exits(1, said("EROFS: read-only file system, open '/a'\n"));
  const failed = failedStart(trialFacts({ "read-only": readOnly, writable: server() }));
  expect(failed).toMatchObject({ phase: "read-only", lines: ["EROFS: read-only file system, open '/a'"] });
});

test.each([
  ["it came up", { "read-only": server(), writable: server() }],
  ["it was cut", { "read-only": [DEADLINE], writable: null }],
])("none, when %s", (_, sketch) => {
  expect(failedStart(trialFacts(sketch))).toBeUndefined();
});
