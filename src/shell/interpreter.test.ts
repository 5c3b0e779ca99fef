import { expect, test } from "vitest";
import { interpreterOf, isShellScript } from "./interpreter.ts";

test.each([
  ["#!/bin/sh", ["/bin/sh"]],
  ["#! /bin/bash -e\nx", ["/bin/bash", "-e"]],
  ["#!/usr/bin/env -S node --import x\n", ["/usr/bin/env", "-S", "node", "--import", "x"]],
  ["#!\nx", []],
  ["x #!/bin/sh", []],
])("the first line %j names %j", (script, words) => {
  expect(interpreterOf(script)).toEqual(words);
});

test("of the first line, the kernel reads 256 bytes", () => {
  expect(interpreterOf(`#!/bin/sh ${"x".repeat(1_000)}`).join(" ").length).toBeLessThan(256);
});

test.each([
  ["#!/bin/sh\n", true],
  ["#!/usr/bin/env bash\n", true],
  ["#!/usr/bin/env -S bash -e\n", true],
  ["#!/bin/busybox sh\n", true],
  ["#!/command/with-contenv sh\n", true],
  ["#!/bin/sh\r\n", true],
  ["#!/usr/bin/mksh", true],
  ["exec x", true],
  ["#!/usr/bin/env node\n", false],
  ["#!/usr/bin/python3\n", false],
  ["#!/usr/bin/fish\n", false],
])("%j is a shell script: %j", (script, expected) => {
  expect(isShellScript(script)).toBe(expected);
});
