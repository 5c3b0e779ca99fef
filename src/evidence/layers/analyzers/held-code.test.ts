import { expect, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import type { LayerEntry } from "./analyzer.ts";
import { HeldCode } from "./held-code.ts";

function entry(path: string): LayerEntry {
  return { index: 1, path, size: 1 } as LayerEntry;
}

test("files are held until their package's manifest comes, also around another package's", () => {
  const code = new HeldCode();
  code.hold("/a/package.json", entry("/a/x.js"), Buffer.from("one"));
  code.hold("/a/node_modules/b/package.json", entry("/b/x.js"), Buffer.from("two"));
  const taken = code.take("/a/node_modules/b/package.json");
  expect(taken.map(({ entry: { path }, bytes }) => [path, bytes.toString()])).toEqual([["/b/x.js", "two"]]);
  code.hold("/a/package.json", entry("/a/y.js"), Buffer.from("three"));
  expect(code.take("/none")).toEqual([]);
  expect(code.rest().map(({ bytes }) => bytes.toString())).toEqual(["one", "three"]);
  expect(code.rest()).toEqual([]);
  code.release();
});

test("nothing is held beyond the bounds, of a package and of all", () => {
  const code = new HeldCode();
  const part = Buffer.alloc(LIMITS.heldPackageBytes - 1);
  expect(code.hold("/a/package.json", entry("/a/x.js"), part)).toBe(true);
  expect(code.hold("/a/package.json", entry("/a/y.js"), part)).toBe(false);
  expect(code.hold("/a/package.json", entry("/a/z.js"), part)).toBe(false);
  expect([...code.unheld].map(({ path }) => path)).toEqual(["/a/y.js"]);
  const packages = Math.floor(LIMITS.heldCodeBytes / part.length);
  for (let index = 1; index < packages; index++)
    expect(code.hold(`/${index}/package.json`, entry(`/${index}/x.js`), part)).toBe(true);
  expect(code.hold("/b/package.json", entry("/b/x.js"), part)).toBe(false);
  code.take("/a/package.json");
  expect([...code.unheld].map(({ path }) => path)).toEqual(["/a/y.js", "/b/x.js"]);
  code.rest();
  expect(code.hold("/c/package.json", entry("/c/x.js"), part)).toBe(true);
  code.release();
});
