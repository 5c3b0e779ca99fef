import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { teamFileFrom } from "./team-file.ts";

function repository(): { readonly root: string; readonly folder: string } {
  const root = temporaryDirectory();
  const folder = join(root, "apps", "web");
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, ".git"));
  return { root, folder };
}

function write(...path: readonly string[]): string {
  const file = join(...path, "douane.yaml");
  writeFileSync(file, "team: a\n");
  return file;
}

describe("the team's file", () => {
  test("is the nearest one, up to the repository's root", () => {
    const { root, folder } = repository();
    expect(teamFileFrom(folder)).toBeUndefined();
    const far = write(root);
    expect(teamFileFrom(folder)).toBe(far);
    const near = write(root, "apps");
    expect(teamFileFrom(folder)).toBe(near);
    const own = write(folder);
    expect(teamFileFrom(folder)).toBe(own);
  });

  test("is not looked for above the repository", () => {
    const { root, folder } = repository();
    const inner = join(folder, "inner");
    mkdirSync(join(inner, ".git"), { recursive: true });
    write(root);
    expect(teamFileFrom(inner)).toBeUndefined();
  });

  test("outside a repository is that of the folder alone", () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, "a"));
    const file = write(root);
    expect([teamFileFrom(join(root, "a")), teamFileFrom(root)]).toEqual([undefined, file]);
  });

  test.runIf(process.geteuid?.() === 0)("above, one that somebody else wrote does not count", () => {
    const { root, folder } = repository();
    chownSync(write(root), 4_242, 4_242);
    expect(teamFileFrom(folder)).toBeUndefined();
    expect(teamFileFrom(root)).toBe(join(root, "douane.yaml"));
    chownSync(folder, 4_242, 4_242);
    expect(teamFileFrom(folder)).toBe(join(root, "douane.yaml"));
  });
});
