import { expect, test } from "vitest";
import { isShellScript, shellCall, shellForm } from "./shell-programs.ts";

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

test.each([
  ["#!/bin/sh\n", true],
  ["#!/usr/bin/env bash\n", true],
  ["#!/usr/bin/env -S bash -e\n", true],
  ["#!/bin/busybox sh\n", true],
  ["#!/command/with-contenv sh\n", true],
  ["exec x", true],
  ["#!/usr/bin/env node\n", false],
  ["#!/usr/bin/python3\n", false],
])("%j is a shell script: %j", (script, expected) => {
  expect(isShellScript(script)).toBe(expected);
});

test("a script that a shell is given is told from a command", () => {
  expect(shellCall(["sh", "-e", "start.sh", "x"])).toEqual({ inline: false, index: 2 });
  expect(shellCall(["busybox", "sh", "-c", "x"])).toEqual({ inline: true, index: 3 });
});
