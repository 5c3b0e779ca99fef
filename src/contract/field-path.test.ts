import { expect, test } from "vitest";
import { formatPath, parsePath } from "./field-path.ts";

test("a path that was written is read again, whatever its keys", () => {
  for (const segments of [
    [],
    ["spec", "containers", 0, "image"],
    ["metadata", "annotations", "example.org/x", 'a"]b\\', ""],
    [0, "items"],
  ]) {
    expect(parsePath(formatPath(segments))).toEqual(segments);
  }
});

test("identifiers stand behind a dot, everything else in brackets", () => {
  expect(formatPath(["metadata", "labels", "a/b", "c", 2])).toBe('metadata.labels["a/b"].c[2]');
});

test("what follows something unreadable is left out", () => {
  expect(parsePath("spec.containers[x].image")).toEqual(["spec", "containers"]);
});
