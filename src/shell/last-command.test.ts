import { expect, test } from "vitest";
import { handsOverByExec, lastCommand } from "./last-command.ts";

// Expected values were measured by running the shells (last-command.measured.test.ts).
test.each([
  ["node x", "bash", "exec"],
  ["node x", "an unknown shell", "perhaps"],
  ["for i in 1; do node x; done", "bash", "fork"],
  ["a; node x", "bash", "perhaps"],
  ["node x\n", "dash", "fork"],
  ["node x <<EOF\na\nEOF\n", "dash", "fork"],
  ["cat y | node x", "bash", "fork"],
  ["cat y |& node x", "bash", "fork"],
  ["node x &", "bash", "fork"],
  ["{ node x; } > /dev/null", "bash", "fork"],
  ["exec node x", "bash", undefined],
  ["", "bash", undefined],
] as const)("%j in %s: %s", (script, shell, expected) => {
  expect(lastCommand(script, shell)).toBe(expected);
});

test.each([
  ["node a && node x", true],
  ["node x | cat", false],
  ["node x &", false],
  ["time node x", false],
  ["while true; do node x; done", false],
  ["node x; rm -f x.pid", false],
  ["node x > log", true],
  ["", false],
])("exec before the last command of %j makes it process 1: %s", (script, expected) => {
  expect(handsOverByExec(script)).toBe(expected);
});
