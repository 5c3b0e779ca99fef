import { expect, test } from "vitest";
import { shellCall, shellForm } from "./shells.ts";

test.each([
  [["sh", "-c", "x"], "x"],
  [["/bin/bash", "-euo", "pipefail", "-c", "x"], "x"],
  [["busybox", "sh", "-c", "x"], "x"],
  [["bash", "-lc", "x", "name"], "x"],
  [["bash", "script.sh", "-c", "x"], undefined],
  [["sh"], undefined],
  [["node", "-c", "x"], undefined],
])("the command of %j is %j", (words, expected) => {
  expect(shellForm(words)).toBe(expected);
});

test("a script that a shell is given is told from a command", () => {
  expect(shellCall(["sh", "-e", "start.sh", "x"])).toEqual({ inline: false, index: 2 });
  expect(shellCall(["busybox", "sh", "-c", "x"])).toEqual({ inline: true, index: 3 });
});
