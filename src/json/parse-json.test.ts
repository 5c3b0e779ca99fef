import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "./parse-json.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("what JSON.stringify writes is read back", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => {
      const text = JSON.stringify(value);
      expect(parseJson(bytes(text), "x")).toEqual(JSON.parse(text));
    }),
  );
});

test("the last of two equal keys stands in what no engine reads", () => {
  expect(parseJson(bytes('{"a":1,"a":2}'), "x")).toEqual({ a: 2 });
});

describe("nesting", () => {
  test("100,000 nested arrays are refused before they are parsed", () => {
    const text = "[".repeat(100_000) + "]".repeat(100_000);
    expect(() => parseJson(bytes(text), "manifest.json")).toThrow(/manifest\.json.*limit jsonDepth/);
  });

  test("100 levels are read, 101 are not", () => {
    const nested = (levels: number) => bytes("[".repeat(levels) + "]".repeat(levels));
    expect(parseJson(nested(100), "x")).toBeDefined();
    expect(() => parseJson(nested(101), "x")).toThrow(/deeper than 100/);
  });

  test("brackets in strings do not count, nor do escaped quotes end them", () => {
    const text = JSON.stringify({ text: `${'"\\'.repeat(3)}${"[".repeat(500)}` });
    expect(parseJson(bytes(text), "x")).toEqual(JSON.parse(text));
  });
});

test.each([
  ["", "empty"],
  ["{", "cut"],
  ["<html>", "HTML"],
  ["]".repeat(10), "closing only"],
])("%j is no JSON (%s)", (text) => {
  expect(() => parseJson(bytes(text), "x")).toThrow(/not valid JSON/);
});

test("a byte order mark is no JSON, as for Go", () => {
  expect(() => parseJson(bytes("\ufeff{}"), "x")).toThrow(/not valid JSON/);
});

test("bytes that are no UTF-8 are no JSON", () => {
  expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22), "x")).toThrow(/not valid JSON/);
});
