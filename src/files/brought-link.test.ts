import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBytes } from "./read-bytes.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "douane-brought-")));
afterAll(() => rmSync(top, { recursive: true }));
const at = (path: string): string => join(top, path);

const TOKEN = "Zk9qXw7LmPt3RvB2Qx5cY8dT1nE4uG6h";

beforeAll(() => {
  for (const folder of ["secrets", "repo/.git", "repo/envs", "plain/sub", "data"])
    mkdirSync(at(folder), { recursive: true });
  for (const file of ["secrets/token", "repo/.git/config"]) writeFileSync(at(file), TOKEN);
  for (const file of ["repo/base", "repo/envs/prod", "plain/base", "data/policy"])
    writeFileSync(at(file), "mine");
  const links: Readonly<Record<string, string>> = {
    "repo/out": "../secrets/token",
    "repo/absolute": at("secrets/token"),
    "repo/twice": "out",
    "repo/conf": "../secrets",
    "repo/git": ".git/config",
    "repo/environ": "/proc/self/environ",
    "repo/inside": "base",
    "repo/envs/up": "../base",
    "repo/current": "envs",
    "plain/out": "../secrets/token",
    "plain/sub/up": "../base",
    way: "repo",
    policy: "data/policy",
  };
  for (const [link, target] of Object.entries(links)) symlinkSync(target, at(link));
});

const read = (path: string, cwd?: string): string =>
  Buffer.from(
    readBytes(at(path), { most: 100, cwd: cwd === undefined ? undefined : at(cwd) }) ?? [],
  ).toString();

describe("a file that the command line names", () => {
  test.each<[string, string, string]>([
    ["a link out of the repository", "repo/out", "repo"],
    ["the same, named from elsewhere", "repo/out", "data"],
    ["an absolute link", "repo/absolute", "repo"],
    ["a link to a link out of it", "repo/twice", "repo"],
    ["a folder that leads out of it", "repo/conf/token", "repo"],
    ["the user's own way to it, and a link out of it", "way/out", "data"],
    ["a link to git's settings, where a token of the clone may be", "repo/git", "repo"],
    ["a link to the environment of the judging process", "repo/environ", "repo"],
    ["a link out of an unpacked archive", "plain/out", "plain"],
  ])("%s is not read", (_, file, cwd) => {
    expect(() => read(file, cwd)).toThrow(/is a symbolic link to ".+it is not followed/);
  });

  test.each<[string, string, string, string]>([
    ["a file", "repo/base", "repo", "mine"],
    ["a link in the repository", "repo/inside", "repo", "mine"],
    ["a link to a folder above, in it", "repo/envs/up", "repo", "mine"],
    ["a linked folder", "repo/current/prod", "repo", "mine"],
    ["the user's own way to it", "way/base", "data", "mine"],
    ["the user's own link elsewhere", "policy", "data", "mine"],
    ["a link in an unpacked archive", "plain/sub/up", "plain", "mine"],
    ["the target itself", "secrets/token", "repo", TOKEN],
    ["git's settings themselves", "repo/.git/config", "repo", TOKEN],
  ])("%s is read", (_, file, cwd, text) => {
    expect(read(file, cwd)).toBe(text);
  });
});

test("a file of the user's home or environment is read through their links", () => {
  expect(read("repo/out")).toBe(TOKEN);
});
