import { expect, test } from "vitest";
import { shellCall, shellForm, shellMode, startupVariable } from "./shells.ts";

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

test.each([
  [["bash", "-lc", "x"], { name: "bash", isLogin: true, isInteractive: false }, "BASH_ENV"],
  [["bash", "--login", "-i"], { name: "bash", isLogin: true, isInteractive: true }, undefined],
  [["busybox", "ash", "-ic", "x"], { name: "ash", isLogin: false, isInteractive: true }, "ENV"],
  [["zsh", "-i"], { name: "zsh", isLogin: false, isInteractive: true }, undefined],
  [["sh", "x.sh", "-l"], { name: "sh", isLogin: false, isInteractive: false }, undefined],
])("%j starts a shell as %j, which reads %s", (words, mode, variable) => {
  const found = shellMode(words);
  expect(found).toEqual(mode);
  expect(found === undefined ? found : startupVariable(found)).toBe(variable);
});

test("another program starts no shell", () => {
  expect(shellMode(["node", "-l"])).toBeUndefined();
});
