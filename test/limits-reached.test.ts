import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LIMITS } from "../src/contract/limits.ts";
import { BOUND_CASES } from "./fixtures/bounds/cases.ts";
import { ROOT } from "./fixtures/imports.ts";

const TESTS = ["src", "test", "scripts"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith(".test.ts") && !name.includes("node_modules"))
  .filter((name) => name !== "test/limits-reached.test.ts")
  .map((name) => readFileSync(join(ROOT, name), "utf8"))
  .join("\n");

const HIT: ReadonlySet<string> = new Set(BOUND_CASES.map(({ bound }) => bound));

/**
 * Whether a test names the bound: as code, in quotation marks, in brackets, or behind our sentences' word for
 * it. A bound that takes minutes to reach is tested with a smaller one if the function takes it as an
 * argument; the names of these tests say so.
 */
function isNamed(bound: string): boolean {
  return new RegExp(
    `LIMITS\\.${bound}\\b|["'(]${bound}["'),]|\\b(?:bound|limit) ${bound}\\b|\\b${bound}: \\d`,
  ).test(TESTS);
}

test.each(Object.keys(LIMITS))("the bound %s is hit by the whole command, or a test names it", (bound) => {
  expect(HIT.has(bound) || isNamed(bound)).toBe(true);
});
