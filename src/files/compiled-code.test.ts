import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { codeName, compiledFolder, ModuleScripts, useCompiledCode } from "./compiled-code.ts";

const require = createRequire(import.meta.url);
const MODULE =
  "exports.place = () => new Error().stack.split('\\n')[1];\nexports.name = require('./other.txt.cjs');\nexports.isWatched = '.cjs' in require('node:module').createRequire(__filename).extensions;\n";

afterEach(() => {
  delete require.extensions[".cjs"];
});

/** A bundle of two modules, one with compiled code. */
function bundleOf(code: (file: string) => Buffer): { readonly folder: string; readonly file: string } {
  const folder = temporaryDirectory();
  const file = join(folder, "module.cjs");
  writeFileSync(file, MODULE);
  writeFileSync(join(folder, "other.txt.cjs"), "module.exports = __dirname;\n");
  mkdirSync(compiledFolder(folder), { recursive: true });
  writeFileSync(join(compiledFolder(folder), codeName(file)), code(file));
  return { folder, file };
}

/** Code of the module, compiled elsewhere: V8 would find again what it compiled here. */
function compiled(file: string): Buffer {
  const copy = join(temporaryDirectory(), "copy.cjs");
  copyFileSync(file, copy);
  return new ModuleScripts().load(copy).createCachedData();
}

test("a module from compiled code is the one that Node loads, with the same places in its errors", () => {
  const { folder, file } = bundleOf(compiled);
  const { place, name } = require(file);
  expect([place(), name]).toEqual([expect.stringContaining(`${file}:1:23`), folder]);
  delete require.cache[file];
  useCompiledCode(folder);
  const again = require(file);
  expect([again.place(), again.name]).toEqual([place(), name]);
  expect(require.extensions[".cjs"]).toBeDefined();
  const outside = join(temporaryDirectory(), "module.cjs");
  writeFileSync(outside, "module.exports = 1;\n");
  expect(require(outside)).toBe(1);
});

test.each([
  ["of another source", () => compiled(bundleOf(compiled).file.replace("module.cjs", "other.txt.cjs"))],
  ["cut off", (file: string) => compiled(file).subarray(0, -64)],
  ["that is none", () => Buffer.from("not compiled")],
])("code %s is refused, and Node loads the module and all others", (_, code) => {
  const { folder, file } = bundleOf(code);
  useCompiledCode(folder);
  // Refused once, code is not tried for what the module loads itself.
  expect(require(file)).toMatchObject({ name: folder, isWatched: false });
  expect(require.extensions[".cjs"]).toBeUndefined();
});

test("a bundle without compiled code for this Node is loaded by Node", () => {
  useCompiledCode(temporaryDirectory());
  expect(require.extensions[".cjs"]).toBeUndefined();
});
