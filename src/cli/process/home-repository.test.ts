import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { isBroughtByRepository } from "./home-repository.ts";

const account = vi.hoisted(() => ({ home: "/" }));
vi.mock("node:os", async (original) => ({
  ...(await original<object>()),
  userInfo: () => ({ homedir: account.home }),
}));

function git(cwd: string, ...argv: readonly string[]): void {
  const own = ["-c", "user.name=a", "-c", "user.email=a@example.org", ...argv];
  execFileSync("git", own, { cwd, stdio: "pipe" });
}

function write(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
}

/** A home that is a work tree with .bashrc tracked, an untracked cache, and a project with its own clone. */
function home(tracked: readonly string[] = [".bashrc"]): string {
  const root = realpathSync(temporaryDirectory());
  git(root, "init", "--quiet");
  for (const path of tracked) write(join(root, path));
  if (tracked.length > 0) git(root, "add", "--force", ...tracked);
  git(root, "init", "--quiet", "projects/web");
  mkdirSync(join(root, "plain"), { recursive: true });
  account.home = root;
  return root;
}

type Judging = Partial<Parameters<typeof isBroughtByRepository>[1]>;

function isBrought(root: string, judging: Judging = {}, folder = join(root, ".cache", "douane")): boolean {
  return isBroughtByRepository(folder, { argv: [], env: {}, cwd: join(root, "projects", "web"), ...judging });
}

describe("the cache of a home that is a work tree is the user's own", () => {
  test.each<[string, readonly string[], (root: string) => Judging]>([
    ["for a clone in it", [".bashrc"], () => ({})],
    ["where nothing was ever added", [], () => ({})],
    ["beside a tracked neighbour", [".cache-notes", ".config/cache"], () => ({})],
    ["for a folder that the home does not track", [".bashrc"], (root) => ({ cwd: join(root, "plain") })],
    [
      "for operands elsewhere, and that do not exist",
      [".bashrc"],
      () => ({ argv: ["check", "/etc", "registry.example/a:1", "missing"] }),
    ],
  ])("%s", (_, tracked, judging) => {
    const root = home(tracked);
    expect(isBrought(root, judging(root))).toBe(false);
  });

  test("where the home is judged and tracks nothing, or is no work tree at all", () => {
    const root = home([]);
    expect(isBrought(root, { cwd: root })).toBe(false);
    const plain = realpathSync(temporaryDirectory());
    account.home = plain;
    expect(isBrought(plain, { cwd: plain })).toBe(false);
  });

  test("with a cache that exists", () => {
    const root = home();
    write(join(root, ".cache", "douane", "facts"));
    expect(isBrought(root)).toBe(false);
  });

  test("with an index of version 4", () => {
    const root = home([".bashrc", ".profile"]);
    git(root, "update-index", "--index-version", "4");
    expect(isBrought(root)).toBe(false);
  });
});

describe("it may have come with the home's repository", () => {
  test.each<[string, readonly string[], (root: string) => Judging]>([
    ["a tracked file in it", [".cache/douane/facts/a"], () => ({})],
    ["a tracked file in the place of it", [".cache/douane"], () => ({})],
    ["a tracked file on the way to it", [".cache"], () => ({})],
    ["the same in other letters, of a file system without case", [".Cache/Douane/a"], () => ({})],
    ["the home is judged", [".bashrc"], (root) => ({ cwd: root })],
    ["a tracked folder is judged", ["deploy/a.yaml"], (root) => ({ argv: [join(root, "deploy")] })],
    ["a tracked file is judged", ["deploy/a.yaml"], (root) => ({ argv: [join(root, "deploy/a.yaml")] })],
    [
      "the working directory is a folder with tracked files below",
      ["plain/deploy/a.yaml"],
      (root) => ({ cwd: join(root, "plain") }),
    ],
    ["a pipeline runs, whose jobs leave files", [".bashrc"], () => ({ env: { CI: "true" } })],
    ["a pipeline names its clone", [".bashrc"], () => ({ env: { WORKSPACE: "/elsewhere" } })],
  ])("%s", (_, tracked, judging) => {
    const root = home(tracked);
    expect(isBrought(root, judging(root))).toBe(true);
  });

  test("by a link in the home", () => {
    const root = home();
    mkdirSync(join(root, "real"));
    symlinkSync("real", join(root, ".cache"));
    expect(isBrought(root)).toBe(true);
  });

  test("in a clone below the home, or judged where it lies", () => {
    const root = home();
    expect(isBrought(root, {}, join(root, "projects", "web", ".cache"))).toBe(true);
    const plain = join(root, "plain");
    expect(isBrought(root, { cwd: plain }, join(plain, ".cache"))).toBe(true);
  });

  test.each([".hg", ".svn"])("with a mark beside git's: %s", (mark) => {
    const root = home();
    mkdirSync(join(root, mark));
    expect(isBrought(root)).toBe(true);
  });

  test("with an index that cannot be read, or of another format", () => {
    const root = home();
    writeFileSync(join(root, ".git", "index"), "DIRC");
    expect(isBrought(root)).toBe(true);
    writeFileSync(join(root, ".git", "index"), `DIRC${"\0".repeat(40)}`);
    expect(isBrought(root)).toBe(true);
  });

  test("with a work tree whose repository lies elsewhere", () => {
    const root = realpathSync(temporaryDirectory());
    git(root, "init", "--quiet", "--separate-git-dir", join(temporaryDirectory(), "git"));
    account.home = root;
    expect(isBrought(root, { cwd: "/" })).toBe(true);
  });

  test("where the account has another home than HOME", () => {
    const root = home();
    account.home = "/nonexistent";
    expect(isBrought(root, { env: { HOME: root } })).toBe(true);
  });
});
