import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { makeFolders } from "./make-folders.ts";

describe("folders that are missing", () => {
  test("are made, with the mode that is asked for", () => {
    const path = join(temporaryDirectory(), "a", "b", "c");
    expect(makeFolders(path, 0o700)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
    expect(makeFolders(path)).toBe(false);
  });

  test("are made behind links", () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "real"));
    symlinkSync("real", join(directory, "link"));
    expect(makeFolders(join(directory, "link", "a"))).toBe(true);
    expect(existsSync(join(directory, "real", "a"))).toBe(true);
  });

  test.each([
    ["in /proc, where nothing can be made", () => "/proc/none/.cache/douane", "ENOENT"],
    ["in /proc/self", () => "/proc/self/none/douane", /^(?:ENOENT|EACCES)$/],
    ["below a file", (folder: string) => below(folder), "ENOTDIR"],
    ["at a file", (folder: string) => below(folder).slice(0, -2), /^(?:EEXIST|ENOTDIR)$/],
    ["behind a link to nothing", (folder: string) => join(dangling(folder), "x"), /^(?:EEXIST|ENOENT)$/],
    ["behind a link to itself", (folder: string) => join(loop(folder), "x"), "ELOOP"],
    ["of a name that is too long", (folder: string) => join(folder, "x".repeat(300)), "ENAMETOOLONG"],
    ["too deep", (folder: string) => join(folder, ...Array.from({ length: 150 }, () => "d")), "ENOENT"],
  ])("%s are an error, at once", (_, place, code) => {
    let seen = "";
    try {
      makeFolders(place(temporaryDirectory()));
    } catch (error) {
      seen = String((error as NodeJS.ErrnoException).code);
    }
    expect(seen).toMatch(code);
  });
});

function below(folder: string): string {
  writeFileSync(join(folder, "f"), "");
  return join(folder, "f", "x");
}

function dangling(folder: string): string {
  symlinkSync("none", join(folder, "l"));
  return join(folder, "l");
}

function loop(folder: string): string {
  symlinkSync("l", join(folder, "l"));
  return join(folder, "l");
}
