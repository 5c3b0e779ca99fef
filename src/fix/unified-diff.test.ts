import { expect, test } from "vitest";
import { unifiedDiff } from "./unified-diff.ts";

function diff(before: string, after: string, origins: readonly number[], name = "a.yaml"): string {
  return unifiedDiff(name, before, after, origins).split("\n").slice(2).join("\n");
}

test("nothing changed, nothing said", () => {
  expect(unifiedDiff("a", "x\n", "x\n", [0])).toBe("");
  expect(unifiedDiff("a", "x\n", "x\n", [-1])).toBe("");
});

test("changes far apart stand in hunks of their own", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `${index}\n`);
  const after = ["new\n", ...lines.slice(0, 19), "end"].join("");
  const origins = [-1, ...Array.from({ length: 19 }, (_, index) => index), -1];
  expect(diff(lines.join(""), after, origins)).toBe(
    "@@ -1,3 +1,4 @@\n+new\n 0\n 1\n 2\n@@ -17,4 +18,4 @@\n 16\n 17\n 18\n-19\n+end\n\\ No newline at end of file\n",
  );
});

test("the first line is added to an empty text", () => {
  expect(diff("", "a\n", [-1])).toBe("@@ -0,0 +1,1 @@\n+a\n");
});

test.each([
  ["a b.yaml", "--- a/a b.yaml\t"],
  ["é.yaml", "--- a/é.yaml"],
  ['a"\n.yaml', '--- "a/a\\"\\012.yaml"'],
])("the file %j is written as git does", (name, line) => {
  expect(unifiedDiff(name, "a\n", "b\n", [-1]).split("\n")[0]).toBe(line);
});
