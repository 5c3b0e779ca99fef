import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { isRepositoryContent, type Judging } from "./repository-content.ts";

/** A clone, an exported folder without a mark, and a folder of the user's own, below a root. */
function folders() {
  const root = realpathSync(temporaryDirectory());
  const [clone, plain, own] = [join(root, "clone"), join(root, "plain"), join(root, "own")] as const;
  for (const folder of [join(clone, ".git"), join(clone, "deploy"), join(plain, "deploy"), own]) {
    mkdirSync(folder, { recursive: true });
  }
  return { root, clone, plain, own };
}

type Folders = ReturnType<typeof folders>;
type Case = [string, (all: Folders) => readonly [string, Partial<Judging>?]];

function judged(folder: string, { argv = [], env = {}, cwd = "/" }: Partial<Judging> = {}): boolean {
  return isRepositoryContent(folder, { argv, env, cwd });
}

describe("a repository may have brought", () => {
  test.each<Case>([
    ["a cache in a clone that is judged", ({ clone }) => [join(clone, ".cache/douane"), { cwd: clone }]],
    ["the same, judged from below", ({ clone }) => [join(clone, ".cache"), { cwd: join(clone, "deploy") }]],
    ["the clone itself", ({ clone }) => [clone]],
    [
      "a cache in another clone than the working directory",
      ({ clone, own }) => [join(clone, "c"), { cwd: own }],
    ],
    ["a path with dots", ({ root }) => [`${root}/own/../clone/./c`]],
    ["a path through a folder that is missing yet", ({ clone }) => [join(clone, "a/b/c/d")]],
    [
      "a linked work tree or submodule (.git is a file)",
      ({ plain }) => {
        writeFileSync(join(plain, ".git"), "gitdir: /elsewhere\n");
        return [join(plain, "c")];
      },
    ],
    ...[".hg", ".svn"].map(
      (mark): Case => [
        `a work tree with ${mark}`,
        ({ plain }) => {
          mkdirSync(join(plain, mark));
          return [join(plain, "c")];
        },
      ],
    ),
    [
      "a link of the user's into a clone",
      ({ clone, own }) => {
        symlinkSync(clone, join(own, "link"));
        return [join(own, "link", "c")];
      },
    ],
    [
      "a link of a clone's that leads out",
      ({ clone }) => {
        symlinkSync("../own", join(clone, "link"));
        return [join(clone, "link")];
      },
    ],
    [
      "a way through a clone, by two links",
      ({ clone, own, plain }) => {
        symlinkSync(plain, join(clone, "out"));
        symlinkSync(join(clone, "out"), join(own, "in"));
        return [join(own, "in", "c")];
      },
    ],
    [
      "a circle of links",
      ({ own }) => {
        symlinkSync("b", join(own, "a"));
        symlinkSync("a", join(own, "b"));
        return [join(own, "a")];
      },
    ],
    ["a folder behind a file", () => [join(import.meta.filename, "c")]],
    [
      "the working directory, without a mark (GIT_DIR elsewhere)",
      ({ plain }) => [join(plain, "c"), { cwd: plain }],
    ],
    [
      "the working directory, by a link",
      ({ plain, own }) => {
        symlinkSync(plain, join(own, "link"));
        return [join(plain, "c"), { cwd: join(own, "link") }];
      },
    ],
    ["a folder that is judged", ({ plain }) => [join(plain, "c"), { argv: ["check", plain] }]],
    [
      "one that is judged by a relative path",
      ({ plain, own }) => [join(plain, "c"), { argv: ["../plain"], cwd: own }],
    ],
    ["one that an option names", ({ plain }) => [join(plain, "c"), { argv: [`--file=${plain}`] }]],
    ["an OCI layout", ({ plain }) => [join(plain, "c"), { argv: [`oci:${plain}`] }]],
    [
      "a pipeline's clone",
      ({ plain }) => [join(plain, "c"), { env: { CI_PROJECT_DIR: plain }, cwd: join(plain, "deploy") }],
    ],
    ["a work tree that git is told of", ({ plain }) => [join(plain, "c"), { env: { GIT_WORK_TREE: plain } }]],
  ])("%s", (_, prepare) => {
    expect(judged(...prepare(folders()))).toBe(true);
  });
});

describe("the user's own is", () => {
  test.each<Case>([
    [
      "a cache beside clones",
      ({ own, clone }) => [join(own, "c"), { cwd: clone, argv: ["check", "deploy"] }],
    ],
    ["a cache in a home above a clone", ({ root, clone }) => [join(root, ".cache"), { cwd: clone }]],
    ["a cache whose name begins as a clone's", ({ root, plain }) => [join(root, "plain-c"), { cwd: plain }]],
    [
      "a folder that a clone links to",
      ({ own, clone }) => {
        symlinkSync(own, join(clone, "link"));
        return [join(own, "c"), { cwd: clone }];
      },
    ],
    ["a cache judged from the root, as in a container", ({ own }) => [join(own, "c"), { cwd: "/" }]],
    ["what the root names as a clone", ({ own }) => [join(own, "c"), { env: { WORKSPACE: "/" } }]],
    [
      "a cache beside a clone that a pipeline names",
      ({ own, plain }) => [join(own, "c"), { env: { CI_PROJECT_DIR: plain } }],
    ],
    [
      "arguments that name no folder",
      ({ own }) => [
        join(own, "c"),
        {
          argv: ["check", "registry.example/a:1", "-", "--no-cache", "--format=json", "x".repeat(9_000), ""],
        },
      ],
    ],
  ])("%s", (_, prepare) => {
    expect(judged(...prepare(folders()))).toBe(false);
  });
});
