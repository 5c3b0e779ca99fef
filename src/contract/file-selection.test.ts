import { describe, expect, test } from "vitest";
import { fileFacts } from "../../test/fixtures/image-facts.ts";
import { FileSelection } from "./file-selection.ts";
import type { FileSelector } from "./file-selector.ts";
import type { FileFacts } from "./image-facts.ts";

function isMeant(file: FileFacts, selector: FileSelector): boolean {
  return new FileSelection([selector]).selectorsOf(file).length > 0;
}

describe("a path", () => {
  const release = fileFacts({ path: "/etc/os-release", realPath: "/usr/lib/os-release" });
  const link = fileFacts({ path: "/etc/os-release", type: "symlink", link: "../usr/lib/os-release" });
  const asked: FileSelector = { paths: ["/etc/passwd", "/etc/os-release"] };

  test("means the file of this name, or what links lead to from it", () => {
    expect(isMeant(fileFacts({ path: "/etc/os-release" }), asked)).toBe(true);
    expect(isMeant(release, asked)).toBe(true);
    expect(isMeant(fileFacts({ path: "/etc/passwd", type: "directory" }), asked)).toBe(true);
  });

  test("means neither the link itself, nor what the container does not see, nor another file", () => {
    expect(isMeant(link, asked)).toBe(false);
    expect(isMeant(fileFacts({ path: "/etc/os-release", hidden: true }), asked)).toBe(false);
    expect(isMeant(fileFacts({ path: "/usr/lib/os-release" }), asked)).toBe(false);
  });

  test("is what other fields are asked about, too, of what it leads to", () => {
    expect(isMeant(release, { ...asked, type: "file", under: ["/usr"] })).toBe(true);
    expect(isMeant(release, { ...asked, under: ["/etc"] })).toBe(false);
    expect(isMeant(release, { ...asked, type: "directory" })).toBe(false);
  });

  test("leads nowhere in a single layer", () => {
    expect(isMeant(fileFacts({ path: "/etc/os-release" }), { ...asked, scope: "layers" })).toBe(false);
  });

  test("is known under its name to those only who asked for it", () => {
    expect(isMeant(release, { names: ["os-release"] })).toBe(false);
    expect(isMeant(link, { names: ["os-release"] })).toBe(true);
    expect(isMeant(fileFacts({ path: "/usr/lib/os-release" }), { names: ["os-release"] })).toBe(true);
  });
});

describe("scope", () => {
  const selectors = { root: { names: [".git"] }, layers: { names: [".git"], scope: "layers" } } as const;
  const file = { path: "/app/.git", type: "directory" } as const;

  test.each<[string, FileFacts, boolean, boolean]>([
    ["a file that the container sees", fileFacts(file), true, true],
    ["one that a later layer deletes", fileFacts({ ...file, hidden: true }), false, true],
    ["a directory that no layer's entry makes", fileFacts({ ...file, implicit: true }), true, false],
  ])("%s", (_, facts, inRoot, inLayers) => {
    expect(isMeant(facts, selectors.root)).toBe(inRoot);
    expect(isMeant(facts, { ...selectors.root, scope: "root" })).toBe(inRoot);
    expect(isMeant(facts, selectors.layers)).toBe(inLayers);
  });
});

test("every selector that means a file is named", () => {
  const [byPath, byName] = [{ paths: ["/a"] }, { names: ["a"] }];
  const selection = new FileSelection([byPath, { names: ["b"] }, byName, { paths: ["/a", "/c"] }]);
  expect(selection.selectorsOf(fileFacts({ path: "/a" }))).toEqual([byPath, { paths: ["/a", "/c"] }, byName]);
  expect(selection.selectorsOf(fileFacts({ path: "/d" }))).toEqual([]);
  expect(selection.paths).toEqual(["/a", "/c"]);
});
