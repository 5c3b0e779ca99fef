import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { strayLink } from "./stray-link.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "douane-link-")));
afterAll(() => rmSync(top, { recursive: true }));
const at = (path: string): string => join(top, path);

beforeAll(() => {
  for (const folder of ["home", "repo/.git", "repo/deploy", "plain/sub", "data"])
    mkdirSync(at(folder), { recursive: true });
  for (const file of ["home/.bashrc", "repo/report.md", "data/latest.json", "plain/own.md"])
    writeFileSync(at(file), "mine");
  const links: Readonly<Record<string, string>> = {
    "repo/out.md": "../home/.bashrc",
    "repo/absolute.md": at("home/.bashrc"),
    "repo/inside.md": "report.md",
    "repo/deploy/up.md": "../report.md",
    "repo/twice.md": "out.md",
    "repo/folder": "../home",
    "repo/dangling.md": "../home/none",
    "repo/circle.md": "circle.md",
    way: "repo",
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
    const found = strayLink(at(file), at("repo"));
    expect(found?.link).toBe(link === undefined ? undefined : at(link.replace("way", "repo")));
    expect(strayLink(at(file), at("home"))?.link).toBe(found?.link);
  });
});

test("without a repository, what lies in the current folder came with it", () => {
  expect(strayLink(at("plain/out.md"), at("plain"))).toEqual({
    link: at("plain/out.md"),
    target: at("home/.bashrc"),
  });
  expect(strayLink(at("plain/sub/own.md"), at("plain"))).toBeUndefined();
  expect(strayLink(at("plain/out.md"), at("home"))).toBeUndefined();
});

test.each(["/dev/stdout", "/dev/stderr", "/dev/fd/1", "/proc/self/fd/1", "/dev/null"])(
  "%s is what a shell handed over",
  (path) => {
    expect(strayLink(path, "/")).toBeUndefined();
  },
);
