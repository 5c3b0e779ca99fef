import { expect, test } from "vitest";
import { normalizePath } from "./path.ts";

test.each([
  ["etc/passwd", "/etc/passwd"],
  ["./etc/passwd", "/etc/passwd"],
  ["/etc//passwd/", "/etc/passwd"],
  ["../../etc/passwd", "/etc/passwd"],
  ["a/../../b", "/b"],
  ["a/./.b/..c/...", "/a/.b/..c/..."],
  ["", "/"],
  ["/", "/"],
  ["./", "/"],
  ["..", "/"],
  ["a\nb/c d", "/a\nb/c d"],
])("%j is %j", (path, normalized) => {
  expect(normalizePath(path)).toBe(normalized);
});
