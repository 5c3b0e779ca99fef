import { expect, test } from "vitest";
import { WeightedMap } from "./weighted-map.ts";

test("the values used longest ago make place for a heavier one", () => {
  const map = new WeightedMap<number>(5);
  map.set("a", 1, 2);
  map.set("b", 2, 2);
  expect(map.get("a")).toBe(1);
  map.set("c", 3, 3);
  expect(["a", "b", "c"].map((key) => map.get(key))).toEqual([1, undefined, 3]);
});

test("a value that replaces another takes its weight's place", () => {
  const map = new WeightedMap<number>(5);
  map.set("a", 1, 4);
  map.set("a", 2, 4);
  map.set("b", 3, 1);
  expect(["a", "b"].map((key) => map.get(key))).toEqual([2, 3]);
});

test("a value heavier than all may be is not held, and an emptied map holds as much as before", () => {
  const map = new WeightedMap<number>(5);
  map.set("a", 1, 6);
  expect(map.get("a")).toBeUndefined();
  map.set("b", 1, 5);
  map.clear();
  expect(map.get("b")).toBeUndefined();
  map.set("c", 1, 5);
  expect(map.get("c")).toBe(1);
});
