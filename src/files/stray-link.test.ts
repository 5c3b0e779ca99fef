import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { strayLink } from "./stray-link.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "douane-link-")));
afterAll(() => rmSync(top, { recursive: true }));
const at = (path: string): string => join(top, path);

const isOwn = (text: string): boolean => text === "douane's";
const stray = (file: string, cwd: string) => strayLink(file, cwd, isOwn);

beforeAll(() => {
  for (const folder of ["home", "repo/.git/hooks", "repo/deploy", "repo/.hg", "plain/sub", "data"])
    mkdirSync(at(folder), { recursive: true });
  for (const file of [
    "home/.bashrc",
    "repo/.env",
    "repo/.git/hooks/pre-commit",
    "repo/.hg/hgrc",
    "data/notes",
  ])
    writeFileSync(at(file), "mine");
  for (const file of ["repo/report.md", "data/latest.json", "plain/own.md", "repo/.git/report.md"])
    writeFileSync(at(file), "douane's");
  writeFileSync(at("repo/huge.md"), Buffer.alloc(LIMITS.jsonBytes + 1));
  const links: Readonly<Record<string, string>> = {
    "repo/out.md": "../home/.bashrc",
    "repo/absolute.md": at("home/.bashrc"),
    "repo/inside.md": "report.md",
    "repo/deploy/up.md": "../report.md",
    "repo/twice.md": "out.md",
    "repo/folder": "../home",
    "repo/dangling.md": "../home/none",
    "repo/circle.md": "circle.md",
    "repo/hook.md": ".git/hooks/pre-commit",
    "repo/faked.md": ".git/report.md",
    "repo/hooks": ".git/hooks",
    "repo/hg.md": ".hg/hgrc",
    "repo/env.md": ".env",
    "repo/reports": "deploy",
    "repo/deploy/env": "../.env",
    "repo/long.md": "huge.md",
    way: "repo",
    "notes.json": "data/notes",
    "mine.json": "data/latest.json",
    "plain/out.md": "../home/.bashrc",
    "plain/sub/own.md": "../own.md",
  };
  for (const [link, target] of Object.entries(links)) symlinkSync(target, at(link));
});

describe("in a repository", () => {
  test.each<[string, string, string | undefined]>([
    ["a link out of it", "repo/out.md", "repo/out.md"],
    ["an absolute one", "repo/absolute.md", "repo/absolute.md"],
    ["a link to a link out of it", "repo/twice.md", "repo/twice.md"],
    ["a folder that leads out of it", "repo/folder/new.md", "repo/folder"],
    ["the user's own way to it, and a link out of it", "way/out.md", "way/out.md"],
    ["a link to a hook", "repo/hook.md", "repo/hook.md"],
    ["a link below .git, whatever is there", "repo/faked.md", "repo/faked.md"],
    ["a folder below .git, even for a new file", "repo/hooks/post-merge", "repo/hooks"],
    ["a link to another version control's settings", "repo/hg.md", "repo/hg.md"],
    ["a link to a file that is not douane's", "repo/env.md", "repo/env.md"],
    ["a link to a link to such a file", "repo/reports/env", "repo/deploy/env"],
    ["a link to a file that is too long to be douane's", "repo/long.md", "repo/long.md"],
    ["the user's own link to a file that is not douane's", "notes.json", "notes.json"],
    ["a new file in a linked folder", "repo/reports/new.md", undefined],
    ["a linked folder", "repo/reports", undefined],
    ["a link in it", "repo/inside.md", undefined],
    ["a link to a folder above, in it", "repo/deploy/up.md", undefined],
    ["the user's own way to it", "way/report.md", undefined],
    ["a file", "repo/report.md", undefined],
    ["a new file", "repo/new.md", undefined],
    ["a folder that is not there", "repo/none/new.md", undefined],
    ["a link to nothing, which is replaced", "repo/dangling.md", undefined],
    ["a circle, which the system refuses", "repo/circle.md", undefined],
    ["the user's own file elsewhere, by their own link", "mine.json", undefined],
  ])("%s", (_, file, link) => {
    const found = stray(at(file), at("repo"));
    expect(found?.link).toBe(link === undefined ? undefined : at(link.replace("way", "repo")));
    expect(stray(at(file), at("home"))?.link).toBe(found?.link);
  });
});

test("without a repository, what lies in the current folder came with it", () => {
  expect(stray(at("plain/out.md"), at("plain"))).toEqual({
    link: at("plain/out.md"),
    target: at("home/.bashrc"),
    leads: "outside",
  });
  expect(stray(at("plain/sub/own.md"), at("plain"))).toBeUndefined();
});

test("an unpacked archive elsewhere, or below the current folder, overwrites no file of the user", () => {
  for (const cwd of [at("home"), top])
    expect(stray(at("plain/out.md"), cwd)).toEqual({
      link: at("plain/out.md"),
      target: at("home/.bashrc"),
      leads: "to-other-file",
    });
});

test.each(["/dev/stdout", "/dev/stderr", "/dev/fd/1", "/proc/self/fd/1", "/dev/null"])(
  "%s is what a shell handed over",
  (path) => {
    expect(stray(path, "/")).toBeUndefined();
  },
);
