import { expect, test } from "vitest";
import { shellCommands } from "../shell/parse-commands.ts";
import { holdsForOrdinaryUser } from "./user-functions.ts";

/** Result for a user other than root of a condition that calls `f` with this body. */
function holds(body: string, words = ["f"], truth = true): boolean | undefined {
  const functions = new Map([["f", { commands: shellCommands(body) }]]);
  return holdsForOrdinaryUser({ words, holds: truth }, functions);
}

test.each([
  ["true", true],
  ["X=1; true", true],
  [":", true],
  ["return", true],
  ["return 0", true],
  ['[ "$(id -u)" != 0 ]', true],
  ["false", false],
  ["return 1", false],
  ['[ "$(id -u)" = 0 ]', false],
  // Undecidable bodies.
  ["return 5", undefined],
  ['[ "$(id -u)" = 0 -o -e /x ]', undefined],
  ["[ -e /x ]", undefined],
  ["X=1", undefined],
  ["node x", undefined],
  ["[ -e /x ] && true", undefined],
  ["while true; do false; done", undefined],
  ["", undefined],
])("f() { %s; }: %s", (body, expected) => {
  expect(holds(body)).toBe(expected);
});

test.each([
  [["!", "f"], true, false],
  [["f"], false, false],
  [["f", "&&", "f"], true, true],
  [["f", "&&", "g"], true, undefined],
  [["f", "||", "g"], true, undefined],
  [["f", "x"], true, undefined],
  [["!", "g"], true, undefined],
] as const)("%j, which has to be %s: %s", (words, truth, expected) => {
  expect(holds("true", [...words], truth)).toBe(expected);
});

test("what is false decides, whatever is beside it", () => {
  expect(holds("false", ["f", "&&", "g"])).toBe(false);
});
