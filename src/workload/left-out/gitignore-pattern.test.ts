import { expect, test } from "vitest";
import { Patterns } from "./gitignore-patterns.ts";

test.each([
  ["*.yaml", "a/b.yaml", true],
  ["/*.yaml", "a/b.yaml", undefined],
  ["a/*.yaml", "a/b.yaml", true],
  ["a/*.yaml", "x/a/b.yaml", undefined],
  ["**/b.yaml", "b.yaml", true],
  ["a/**/b.yaml", "a/b.yaml", true],
  ["a/**/b.yaml", "a/x/y/b.yaml", true],
  ["a/**", "a/b.yaml", true],
  ["a/**", "a", undefined],
  ["b?.y[a-c]ml", "b1.yaml", true],
  ["b[!0-9].yaml", "b1.yaml", undefined],
  ["b[]x].yaml", "b].yaml", true],
  ["[a", "[a", true],
  ["\\#a", "#a", true],
  ["\\!a", "!a", true],
  ["a\\ ", "a ", true],
  ["a  \r", "a", true],
  ["# a", "# a", undefined],
  ["", "a", undefined],
  ["/", "a", undefined],
  ["a/", "a", undefined],
  ["*.yaml\n!b.yaml", "b.yaml", false],
  ["!b.yaml\n*.yaml", "b.yaml", true],
  ["a**b", "axxb", true],
  ["é*.yaml", "éà.yaml", true],
  ["é?.yaml", "éà.yaml", undefined],
] as const)("%j: of %s, %s", (text, path, excluded) => {
  expect(new Patterns(text).excludes(path, false)).toBe(excluded);
});

test("a line for folders takes folders", () => {
  expect(new Patterns("build/").excludes("a/build", true)).toBe(true);
});

test("a line of stars costs no time", () => {
  const hostile = new Patterns(`${"*a".repeat(2_000)}b\n${"**/a/".repeat(500)}b`);
  expect(hostile.excludes("a".repeat(4_000), false)).toBeUndefined();
  expect(hostile.excludes("a/".repeat(2_000).slice(0, -1), false)).toBeUndefined();
});
