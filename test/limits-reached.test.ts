import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LIMITS } from "../src/contract/limits.ts";
import { ROOT } from "./fixtures/imports.ts";

/**
 * Bounds that no test reaches, and why. Bounds whose own value takes minutes are reached by a smaller
 * one where the function takes it; the names of these tests say so.
 */
const NOT_REACHED: Partial<Record<keyof typeof LIMITS, string>> = {
  readPasses: "a chain of links and scripts over four layers that no fixture makes yet",
  trialForkBomb:
    "trials are ended at a smaller bound of their own, 60: 400 processes disturb what runs beside",
  trialOpenFiles: "no process of a trial of ours opens 20,000 files",
  trialProcesses: "400 processes end a trial before: see trialForkBomb",
  trialSocketTableBytes: "a table of 1 MiB takes 7,000 sockets of one pod",
};

const TESTS = ["src", "test", "scripts"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith(".test.ts") && !name.includes("node_modules"))
  .filter((name) => name !== "test/limits-reached.test.ts")
  .map((name) => readFileSync(join(ROOT, name), "utf8"))
  .join("\n");

/** As code has it, in quotation marks, in brackets, or behind the word that our sentences have for it. */
function isNamed(bound: string): boolean {
  return new RegExp(
    `LIMITS\\.${bound}\\b|["'(]${bound}["'),]|\\b(?:bound|limit) ${bound}\\b|\\b${bound}: \\d`,
  ).test(TESTS);
}

test.each(Object.keys(LIMITS))("a test reaches the bound %s, or it is said why none does", (bound) => {
  expect(isNamed(bound)).toBe(!(bound in NOT_REACHED));
});
