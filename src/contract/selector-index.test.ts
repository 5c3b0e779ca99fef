import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileSelector } from "./file-selector.ts";
import type { FileHeader } from "./image-facts.ts";
import { isSelected, SelectorIndex } from "./selector-index.ts";

const file: FileHeader = { path: "/srv/app/prod.config.yaml", type: "file", mode: 0o4644, capability: "01" };

describe("a selector matches when every field does, and in a field one entry suffices", () => {
  test.each<[FileSelector, boolean]>([
    [{}, true],
    [{ names: ["other", "prod.config.yaml"] }, true],
    [{ names: ["config.yaml"] }, false],
    [{ suffixes: [".json", ".yaml"] }, true],
    [{ suffixes: [".config.yaml"] }, true],
    [{ suffixes: ["yaml"] }, true],
    [{ suffixes: [".yml"] }, false],
    [{ suffixes: [] }, false],
    [{ under: ["/srv"] }, true],
    [{ under: ["/srv/"] }, true],
    [{ under: ["/sr"] }, false],
    [{ under: ["/srv/app/prod.config.yaml"] }, false],
    [{ under: ["/"] }, true],
    [{ pattern: /\/prod\./ }, true],
    [{ pattern: /\/prod\./g }, true],
    [{ pattern: /^prod/ }, false],
    [{ type: "file" }, true],
    [{ type: "directory" }, false],
    [{ anyMode: 0o6000 }, true],
    [{ anyMode: 0o111 }, false],
    [{ capability: true }, true],
    [{ names: ["prod.config.yaml"], suffixes: [".json"] }, false],
    [{ suffixes: [".yaml"], under: ["/etc"] }, false],
  ])("%j: %s", (selector, matches) => {
    const index = new SelectorIndex([selector]);
    for (const _ of [1, 2]) expect(index.matching(file)).toEqual(matches ? [selector] : []);
  });

  test("capabilities that are absent do not match", () => {
    const { capability: _, ...plain } = file;
    expect(new SelectorIndex([{ capability: true }]).matching(plain)).toEqual([]);
  });
});

test("a file that lies packed in another matches only selectors that ask for such files", () => {
  const index = new SelectorIndex([{ suffixes: [".yaml"] }, { suffixes: [".yaml"], packed: true }]);
  expect(index.matching(file)).toHaveLength(2);
  expect(index.matching({ ...file, packed: true })).toEqual([{ suffixes: [".yaml"], packed: true }]);
});

test("the index finds what looking at each selector finds", () => {
  const part = fc.constantFrom("a", "b", ".", "-", "ab", ".a", ".b");
  const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
  const selector = fc.record<FileSelector>(
    {
      names: fc.array(name, { maxLength: 2 }),
      suffixes: fc.array(name, { maxLength: 2 }),
      under: fc.constant(["/a"]),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(selector, { maxLength: 5 }), name, name, (selectors, folder, base) => {
      const sought: FileHeader = { path: `/${folder}/${base}`, type: "file", mode: 0 };
      const found = new SelectorIndex(selectors).matching(sought);
      expect(new Set(found)).toEqual(new Set(selectors.filter((one) => isSelected(one, sought))));
    }),
  );
});

test("selectors with paths are not the index's", () => {
  expect(new SelectorIndex([{ paths: [file.path] }]).matching(file)).toEqual([]);
});
