import { expect, test } from "vitest";
import { charactersOf } from "./characters-of.ts";

test("texts count for their length, all else for one", () => {
  expect(charactersOf({ a: "text", b: [1, null, "x"] }, 100)).toBe(1 + 4 + 1 + 1 + 1 + 1);
});

test("what is large is counted no further than it matters", () => {
  const long = "x".repeat(40);
  let asked = 0;
  const list = Array.from({ length: 100 }, () => ({
    get text() {
      asked += 1;
      return long;
    },
  }));
  expect(charactersOf(list, 100)).toBeGreaterThan(100);
  expect(asked).toBeLessThan(4);
});
