import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../contract/limits.ts";
import { type Choose, filesIn } from "./walk.ts";

test("a folder beyond the bound on entries (folderEntries, shortened) is told by its name", () => {
  const directory = temporaryDirectory();
  for (const name of ["a", "b", "c"]) writeFileSync(join(directory, name), "");
  const choice: ReturnType<Choose<never>> = { wants: () => true, below: () => choice };
  const found = (most: number) =>
    [...filesIn(directory, "app", () => choice, most)].map((one) =>
      one.kind === "file" ? one.name : one.problem.en,
    );
  expect(found(3)).toEqual(["app/a", "app/b", "app/c"]);
  expect(found(2)).toEqual([
    "app/a",
    "app/b",
    `the folder has more than ${LIMITS.folderEntries} files (limit folderEntries): name the folders that are meant`,
  ]);
});

test("a folder deeper than LIMITS.folderDepth is told by its name", () => {
  const directory = temporaryDirectory();
  const deep = (levels: number) => join(directory, ...Array.from({ length: levels }, () => "d"));
  mkdirSync(deep(LIMITS.folderDepth), { recursive: true });
  writeFileSync(join(deep(LIMITS.folderDepth - 1), "seen"), "");
  writeFileSync(join(deep(LIMITS.folderDepth), "unseen"), "");
  const choice: ReturnType<Choose<never>> = { wants: () => true, below: () => choice };
  const found = [...filesIn(directory, "app", () => choice)];
  expect(found.map((one) => (one.kind === "file" ? one.path : one.problem.en))).toEqual([
    expect.stringContaining("(limit folderDepth)"),
    join(deep(LIMITS.folderDepth - 1), "seen"),
  ]);
});

test("a name with a line feed is shown escaped, and neither the file nor what the folder holds is read", () => {
  const directory = temporaryDirectory();
  for (const name of ["a.yaml\n::add-mask::x", "note\n.txt", "plain.yaml", "zero\u200dwidth.yaml"]) {
    writeFileSync(join(directory, name), "");
  }
  mkdirSync(join(directory, "sub\u202efolder"));
  writeFileSync(join(directory, "sub\u202efolder", "in.yaml"), "");
  const choice: ReturnType<Choose<never>> = { wants: (name) => !name.endsWith(".txt"), below: () => choice };
  const found = [...filesIn(directory, "app", () => choice)];
  expect(found.map((one) => [one.kind, one.name])).toEqual([
    ["problem", "app/a.yaml\\u000a::add-mask::x"],
    ["file", "app/plain.yaml"],
    ["problem", "app/sub\\u202efolder"],
    ["file", "app/zero\u200dwidth.yaml"],
  ]);
  expect(found[0]).toMatchObject({ problem: { en: expect.stringContaining("control character") } });
});
