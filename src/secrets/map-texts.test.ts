import { expect, test } from "vitest";
import { mapTexts, type TextPlace } from "./map-texts.ts";

const DOCUMENT = { a: "x", b: [{ c: "y", n: 1, t: true, z: null }, "x", ""], x: { d: "w" } };

test("every text and every key is changed, and nothing else", () => {
  const changed = mapTexts(DOCUMENT, (text) => (text === "x" ? "X" : text));
  expect(changed).toEqual({ a: "X", b: [{ c: "y", n: 1, t: true, z: null }, "X", ""], X: { d: "w" } });
  expect(DOCUMENT.a).toBe("x");
});

test("what does not change is not copied", () => {
  expect(mapTexts(DOCUMENT, (text) => text)).toBe(DOCUMENT);
  expect(mapTexts(DOCUMENT, (text) => (text === "w" ? "" : text)).b).toBe(DOCUMENT.b);
});

test("each is given its path, its parent, and whether it is a key", () => {
  const seen: unknown[] = [];
  mapTexts({ b: [{ c: "y" }] }, (text, { path, parent, isKey }: TextPlace) => {
    seen.push([text, [...path], parent, isKey]);
    return text;
  });
  expect(seen).toEqual([
    ["b", ["b"], { b: [{ c: "y" }] }, true],
    ["c", ["b", 0, "c"], { c: "y" }, true],
    ["y", ["b", 0, "c"], { c: "y" }, false],
  ]);
});

test("two keys that are changed to one both stay", () => {
  expect(mapTexts({ one: 1, two: 2, k: 3 }, () => "k")).toEqual({ k: 1, "k'": 2, "k''": 3 });
});

test("only fields of the document itself can stay", () => {
  const changed = mapTexts({ file: "x", in: { file: "x" } }, (text) => (text === "x" ? "X" : text), ["file"]);
  expect(changed).toEqual({ file: "x", in: { file: "X" } });
});

test("a key that is a trap for prototypes is a key", () => {
  const hostile = JSON.parse('{"__proto__": "x", "a": "x"}') as object;
  expect(JSON.stringify(mapTexts(hostile, (text) => text.replace("x", "X")))).toBe(
    '{"__proto__":"X","a":"X"}',
  );
});
