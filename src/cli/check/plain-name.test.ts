import { expect, test } from "vitest";
import { plainName } from "./plain-name.ts";

test.each([
  ["app.log", "app.log"],
  ["données-2026_v1,é@x=1+(2)~", "données-2026_v1,é@x=1+(2)~"],
  ["…(15)", "…(15)"],
  ["a b", "a%20b"],
  ["100%", "100%25"],
  [".", "%2E"],
  ["..", "%2E."],
  [".git", "%2Egit"],
  ["-rf", "%2Drf"],
  ["~root", "%7Eroot"],
  ["a/b", "a%2Fb"],
  ["a\\b:c*", "a%5Cb%3Ac%2A"],
  ["\n\u202e\u009b", "%0A%E2%80%AE%C2%9B"],
  ["\udcffx", "%FFx"],
  ["😀", "%F0%9F%98%80"],
  ["", "_"],
])("%j is called %s", (name, plain) => {
  expect(plainName(name)).toBe(plain);
});

test.each(["n", "é", "\n", "\udcff", "😀"])("a long name of %j is cut between characters", (character) => {
  const plain = plainName(character.repeat(255));
  expect(Buffer.byteLength(plain)).toBeLessThanOrEqual(121);
  const one = plain.startsWith("%") ? plainName(character) : character;
  expect(plain).toBe(`${one.repeat(Math.floor(120 / Buffer.byteLength(one)))}~`);
});
