import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { IgnoreFiles } from "./ignore-files.ts";

/** Whether `a.yaml` is left out of a repository with such an ignore file. */
function excludes(make: (path: string) => void): boolean {
  const root = temporaryDirectory();
  mkdirSync(join(root, ".git"));
  make(join(root, ".gitignore"));
  return new IgnoreFiles(root, ".gitignore").excludes(join(root, "a.yaml"), false);
}

const filled = (bytes: number) => "*.yaml\n".padEnd(bytes, "#");

test("an ignore file counts up to LIMITS.ignoreFileBytes; beyond, it leaves nothing out", () => {
  expect(excludes((path) => writeFileSync(path, filled(LIMITS.ignoreFileBytes)))).toBe(true);
  expect(excludes((path) => writeFileSync(path, filled(LIMITS.ignoreFileBytes + 1)))).toBe(false);
});

test("one that leads out of the repository leaves nothing out; one within it counts", () => {
  const outside = join(temporaryDirectory(), "ignore");
  writeFileSync(outside, "*.yaml\n");
  expect(excludes((path) => symlinkSync(outside, path))).toBe(false);
  expect(
    excludes((path) => {
      writeFileSync(join(path, "..", "shared"), "*.yaml\n");
      symlinkSync("shared", path);
    }),
  ).toBe(true);
});

test("ignore files count up to LIMITS.ignoreLines together; beyond, those of deeper folders leave nothing out", () => {
  const root = temporaryDirectory();
  mkdirSync(join(root, ".git"));
  const lines = `${"*.x\n".repeat(LIMITS.ignoreLines / 4 - 1)}*.yaml\n`;
  const folders = [1, 2, 3, 4, 5].map((depth) => join(root, ...Array.from({ length: depth }, () => "d")));
  for (const folder of folders) {
    mkdirSync(folder);
    writeFileSync(join(folder, ".gitignore"), lines);
  }
  const files = new IgnoreFiles(root, ".gitignore");
  expect(files.excludes(join(root, "a.yaml"), false)).toBe(false);
  expect(folders.slice(0, 4).map((folder) => files.excludes(join(folder, "a.yaml"), false))).toEqual(
    Array.from({ length: 4 }, () => true),
  );
  const deepest = join(folders[4] ?? "", "b.conf");
  writeFileSync(join(folders[4] ?? "", ".gitignore"), "*.conf\n");
  expect(files.excludes(deepest, false)).toBe(false);
});
