import { expect, test } from "vitest";
import { ValueIndex } from "./value-index.ts";

test("the longest value at each offset is found, and values that overlap", () => {
  const index = new ValueIndex(["abcd", "abcdef", "efgh", "abcdefghijklmnopq", "xyz"]);
  expect(index.spans("abcdefgh xyz")).toEqual([
    [0, 6],
    [4, 8],
  ]);
  expect(index.spans("abcdefghijklmnopq")).toEqual([
    [0, 17],
    [4, 8],
  ]);
  expect(index.spans("abc")).toEqual([]);
});

test("without values nothing is found", () => {
  expect(new ValueIndex([]).spans("abcdefgh")).toEqual([]);
});

test("where values differ at their ends only, what is left of a long text counts as found", () => {
  const values = Array.from({ length: 2_000 }, (_, at) => `${"x".repeat(at + 16)}y`);
  const text = "x".repeat(50_000);
  const spans = new ValueIndex(values).spans(text);
  expect(spans).toHaveLength(1);
  expect(spans[0]?.[0]).toBeLessThan(1_000);
  expect(spans[0]?.[1]).toBe(text.length);
});
