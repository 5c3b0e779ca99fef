import { describe, expect, test } from "vitest";
import { argumentsAfter, expandWords, holdsFor } from "./arguments.ts";

const ARGS = { words: ["web", "--port", "80"], known: true };

test.each([
  [["exec", "$@"], ["exec", "web", "--port", "80"], 1],
  [["x", "${@}", "y"], ["x", "web", "--port", "80", "y"], 1],
  [["$1", "${2}", "$9", "${4:-none}", "${1-x}"], ["web", "--port", "", "none", "web"], -1],
  [["$#", "a$*b"], ["3", "aweb --port 80b"], -1],
  [["$0", "$X", "${1#-}", "$(x)"], ["$0", "$X", "${1#-}", "$(x)"], -1],
])("%j becomes %j", (words, expected, handedOn) => {
  expect(expandWords(words, ARGS)).toEqual({ words: expected, handedOn });
});

test("$0 is the script's name where that is known", () => {
  expect(expandWords(["$0", "${0}x"], { ...ARGS, name: "/run.sh" }).words).toEqual(["/run.sh", "/run.shx"]);
});

describe("arguments that grow beyond all measure are refused by the name of the bound", () => {
  test("more than a start has", () => {
    const args = { words: Array.from({ length: 1_001 }, () => "x"), known: true };
    expect(() => expandWords(["$@"], args)).toThrow("argvWords");
    expect(() => holdsFor({ words: ["x"], holds: true }, args)).toThrow("argvWords");
  });

  test("a word that holds them many times", () => {
    const args = { words: ["x".repeat(10_000)], known: true };
    expect(expandWords(["$1".repeat(10)], args).words[0]).toHaveLength(100_000);
    expect(() => expandWords(["$1".repeat(300)], args)).toThrow("argumentCharacters");
  });
});

describe("what holds for web --port 80", () => {
  test.each([
    ["[ $1 = web ]", true],
    ["[ $1 = worker ]", false],
    ["[ $1 != worker ]", true],
    ["! [ $1 = web ]", false],
    ["! [ $X = web ]", undefined],
    ["test $1 == web", true],
    ["[ $# -eq 3 ]", true],
    ["[ $# -ne 3 ]", false],
    ["[ $# -gt 1 ]", undefined],
    ["[ -z $1 ]", false],
    ["[ -n $1 ]", true],
    ["[ -f $1 ]", undefined],
    ["[[ $1 == w* ]]", true],
    ["[[ $1 == *e* ]]", true],
    ["[[ $1 == *x* ]]", false],
    ["[[ $1 == we*eb ]]", false],
    ["[[ $1 == x* ]]", false],
    ["[[ $1 == *x ]]", false],
    ["[[ $1 == w?b ]]", undefined],
    ["[[ $1 = web", true],
    ["[ $1 = w* ]", false],
    ["[ $1 = web ] && [ $2 = --port ]", true],
    ["[ $1 = web ] && [ $X = y ]", undefined],
    ["[ $1 = x ] && [ $X = y ]", false],
    ["[ $1 = x ] || [ $2 = --port ]", true],
    ["[ $1 = x ] || [ $2 = y ]", false],
    ["[ $1 = x ] || [ $X = y ]", undefined],
    ["[ a = a ] || [ b = b ] && [ c = c ]", undefined],
    ["[ $X = y ]", undefined],
    ["command -v x", undefined],
    ["case $1 worker web", true],
    ["case $1 worker", false],
    ["case $1 w?b", undefined],
    ["case $X web", undefined],
    ["case", false],
    ["[", undefined],
    ["", undefined],
  ])("%s: %j", (line, expected) => {
    const words = line.split(" ");
    expect(holdsFor({ words, holds: true }, ARGS)).toBe(expected);
    expect(holdsFor({ words, holds: false }, ARGS)).toBe(expected === undefined ? undefined : !expected);
  });

  test("nothing, once the arguments may have changed", () => {
    expect(
      holdsFor({ words: ["[", "$1", "=", "web", "]"], holds: true }, { ...ARGS, known: false }),
    ).toBeUndefined();
  });
});

describe("the arguments behind", () => {
  test.each([
    [["shift"], ["--port", "80"]],
    [["shift", "2"], ["80"]],
    [
      ["shift", "$n"],
      ["web", "--port", "80"],
    ],
    [
      ["set", "--", "a", "b"],
      ["a", "b"],
    ],
    [
      ["set", "-e"],
      ["web", "--port", "80"],
    ],
    [["app"], ["web", "--port", "80"]],
  ])("%j are %j", (words, expected) => {
    expect(argumentsAfter(words, ARGS, true)).toEqual({ words: expected, known: true });
  });

  test("what may not run are a guess", () => {
    expect(argumentsAfter(["shift"], ARGS, false)).toEqual({ ...ARGS, known: false });
  });
});
