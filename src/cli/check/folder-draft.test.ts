import { expect, test } from "vitest";
import { type Entries, FolderDraft } from "./folder-draft.ts";

function added(paths: readonly string[]): { readonly draft: FolderDraft; readonly own: readonly string[] } {
  const draft = new FolderDraft();
  return { draft, own: paths.map((path) => draft.add(path, path)) };
}

function textAt(entries: Entries, path: string): string | Entries | undefined {
  return path
    .split("/")
    .reduce<string | Entries | undefined>(
      (at, name) => (typeof at === "object" ? at.get(name) : undefined),
      entries,
    );
}

test("files of one folder are together, each where it is said to be", () => {
  const paths = ["/tmp/a/one", "/tmp/a/two", "/tmp/b", "/c"];
  const { draft, own } = added(paths);
  expect(own).toEqual(["tmp/a/one", "tmp/a/two", "tmp/b", "c"]);
  expect(own.map((path) => textAt(draft.entries, path))).toEqual(paths);
});

test.each([
  { what: "case", paths: ["/Log", "/log", "/LOG"], names: ["Log", "log~2", "LOG~3"] },
  { what: "case of folders", paths: ["/A/x", "/a/x", "/A/y"], names: ["A/x", "a~2/x", "A/y"] },
  { what: "the form of an accent", paths: ["/\u00e9", "/e\u0301"], names: ["\u00e9", "e%CC%81"] },
  { what: "a ligature", paths: ["/\ufb01", "/fi"], names: ["\ufb01", "fi~2"] },
  { what: "nothing, once masked", paths: ["/…(15)", "/…(15)"], names: ["…(15)", "…(15)~2"] },
  { what: "being a folder", paths: ["/x", "/x/y"], names: ["x", "x~2/y"] },
  { what: "a number that is taken", paths: ["/x~2", "/x", "/X"], names: ["x~2", "x", "X~3"] },
])("files that differ only in $what get names of their own", ({ paths, names }) => {
  const { draft, own } = added(paths);
  expect(own).toEqual(names);
  expect(own.map((path) => textAt(draft.entries, path))).toEqual(paths);
});

test("what is deeper than anyone looks shares a folder", () => {
  const [own = ""] = added([`/${"d/".repeat(1_500)}file`]).own;
  expect(own.split("/")).toHaveLength(16);
  expect(own).toMatch(/^(d\/){15}d%2Fd%2F.*~$/);
});
