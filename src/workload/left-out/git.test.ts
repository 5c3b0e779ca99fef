import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { trackedPaths } from "../../files/git-index.ts";
import { Exclusions } from "./left-out.ts";

// git itself is the oracle.

function git(cwd: string, ...argv: readonly string[]): string {
  const own = ["-c", "user.name=a", "-c", "user.email=a@example.org", ...argv];
  return execFileSync("git", own, { cwd, encoding: "utf8", stdio: "pipe" });
}

function repository(files: Readonly<Record<string, string>>): string {
  const root = temporaryDirectory();
  git(root, "init", "--quiet");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** Untracked files that git ignores. */
function ignoredByGit(root: string): readonly string[] {
  return git(root, "ls-files", "--others", "--ignored", "--exclude-standard")
    .split("\n")
    .filter(Boolean)
    .toSorted();
}

const FILES = [
  "a.yaml",
  "b.json",
  "d/a.yaml",
  "d/e/b.yaml",
  "d/e/f/c.yaml",
  "build/x.yaml",
  "n/build/y.yaml",
  "#x.yaml",
];

function ignoredByUs(root: string, files: readonly string[] = FILES): readonly string[] {
  const by = new Exclusions({ exclude: [], douaneignore: false, gitignore: true }, root).in(root);
  return files.filter((file) => by(join(root, file), false) === "gitignore").toSorted();
}

function withFiles(more: Readonly<Record<string, string>>): string {
  return repository({ ...Object.fromEntries(FILES.map((file) => [file, ""])), ...more });
}

describe("what git ignores", () => {
  test("is what we leave out, for lines of every kind", () => {
    const part = fc.constantFrom(
      "a.yaml",
      "*.yaml",
      "d",
      "e",
      "**",
      "build",
      "*",
      "?.json",
      "[a-c].yaml",
      "f*",
      "\\#x.yaml",
      "b*n",
    );
    const line = fc
      .tuple(fc.boolean(), fc.boolean(), fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(
        ([not, rooted, parts, folder]) =>
          `${not ? "!" : ""}${rooted ? "/" : ""}${parts.join("/")}${folder ? "/" : ""}`,
      );
    const lines = fc.array(line, { minLength: 1, maxLength: 4 }).map((all) => `${all.join("\n")}\n`);
    const root = withFiles({});
    fc.assert(
      fc.property(lines, lines, (outer, inner) => {
        writeFileSync(join(root, ".gitignore"), outer);
        writeFileSync(join(root, "d", ".gitignore"), inner);
        const seen = ignoredByGit(root).filter((file) => FILES.includes(file));
        expect(ignoredByUs(root), `${outer}---\n${inner}`).toEqual(seen);
      }),
      { numRuns: 150 },
    );
  });

  test("counts by .git/info/exclude, too", () => {
    const root = withFiles({});
    writeFileSync(join(root, ".git/info/exclude"), "b.json\n");
    expect(ignoredByUs(root)).toEqual(["b.json"]);
  });

  test.each([2, 3, 4])("but not what it tracks all the same (index of version %i)", (version) => {
    const root = withFiles({ ".gitignore": "*.yaml\nbuild/\n" });
    git(root, "config", "index.version", String(version));
    git(root, "add", "--force", "a.yaml", "n/build/y.yaml", ".gitignore", "b.json");
    if (version === 3) git(root, "add", "--intent-to-add", "--force", "d/a.yaml");
    git(root, "update-index", "--index-version", String(version));
    const tracked = git(root, "ls-files").split("\n").filter(Boolean);
    expect([...(trackedPaths(root) ?? [])].toSorted()).toEqual(tracked.toSorted());
    expect(ignoredByUs(root)).toEqual(ignoredByGit(root));
    const by = new Exclusions({ exclude: [], douaneignore: false, gitignore: true }, root).in(root);
    expect([by(join(root, "n/build"), true), by(join(root, "build"), true)]).toEqual([
      undefined,
      "gitignore",
    ]);
  });

  test.each([
    ["a split index", (root: string) => git(root, "update-index", "--split-index")],
    ["an index that is none", (root: string) => writeFileSync(join(root, ".git/index"), "DIRC nothing")],
    [
      "a .git that leads nowhere",
      (root: string) => {
        execFileSync("rm", ["-rf", join(root, ".git")]);
        writeFileSync(join(root, ".git"), "gitdir: /nowhere/\n");
      },
    ],
  ])("%s: nobody can tell, or nothing was added", (_, change) => {
    const root = withFiles({ ".gitignore": "*.yaml\n" });
    git(root, "add", "--force", "a.yaml");
    change(root);
    expect(ignoredByUs(root)).not.toContain(["a.yaml"]);
  });

  test("a worktree and SHA-256 are read, or known not to be", () => {
    const root = withFiles({ ".gitignore": "*.yaml\n" });
    git(root, "add", "--force", ".");
    git(root, "commit", "--quiet", "-m", "a");
    const tree = join(temporaryDirectory(), "tree");
    git(root, "worktree", "add", "--quiet", tree);
    expect(trackedPaths(tree)?.has("d/e/b.yaml")).toBe(true);
    const other = temporaryDirectory();
    git(other, "init", "--quiet", "--object-format=sha256");
    writeFileSync(join(other, "a.yaml"), "");
    git(other, "add", "a.yaml");
    expect(trackedPaths(other)).toBeUndefined();
  });

  test("a folder that is named itself is judged though git ignores it", () => {
    const root = withFiles({ ".gitignore": "build/\n" });
    const folder = join(root, "build");
    const by = new Exclusions({ exclude: [], douaneignore: false, gitignore: true }, root).in(folder);
    expect(by(join(folder, "x.yaml"), false)).toBeUndefined();
  });

  test("without a repository nothing is left out", () => {
    const root = temporaryDirectory();
    writeFileSync(join(root, ".gitignore"), "*\n");
    expect(ignoredByUs(root)).toEqual([]);
  });
});
