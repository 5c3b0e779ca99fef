import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { confinedTarget } from "./confined-target.ts";

const OWN = "douane wrote this";

/** A home with a file of the user's, and a repository in it. */
function home() {
  const path = temporaryDirectory();
  const root = join(path, "clone");
  mkdirSync(join(root, "reports"), { recursive: true });
  mkdirSync(join(root, ".git", "hooks"), { recursive: true });
  writeFileSync(join(path, ".bashrc"), "alias");
  writeFileSync(join(root, "README.md"), "# Portal");
  return { path, root };
}

/** Writes as a report is written; gives why not. */
async function wrote(root: string, file: string): Promise<string> {
  try {
    const target = await confinedTarget(file, { root, isOwn: (text) => text.includes(OWN) });
    try {
      writeFileSync(target.path, OWN);
    } finally {
      await target.close();
    }
    return "written";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

const CASES: readonly (readonly [string, string, string, ((root: string) => void)?])[] = [
  ["a new file", "report.md", "written"],
  ["a new file in a folder", "reports/report.md", "written"],
  ["a name that only begins with dots", "..report/../x.md", "written"],
  ["douane's own file", "own.md", "written", (root) => writeFileSync(join(root, "own.md"), `a ${OWN}`)],
  ["a file of the repository", "README.md", "not-ours"],
  ["an empty file", "empty", "not-ours", (root) => writeFileSync(join(root, "empty"), "")],
  ["a folder that is not there", "none/report.md", "ENOENT"],
  ["a file above", "../.bashrc", "outside"],
  ["a new file above", "../new", "outside"],
  ["an absolute path", "/tmp/douane-none/x", "outside"],
  ["the folder itself", ".", "outside"],
  ["the folder above", "..", "outside"],
  ["a way out and back", "../clone/report.md", "written"],
  ["a folder beside of a longer name", "../clone-2/x", "outside"],
  ["git's settings", ".git/config", "git"],
  ["a hook", ".git/hooks/pre-commit", "git"],
  [".git itself", ".git", "git"],
  ["the same in capitals", ".GIT/hooks/x", "git"],
  ["the same with a dot behind", ".git./hooks/x", "git"],
  ["its short name on other systems", "git~1/hooks/x", "git"],
  ["a stream of it", ".git::$INDEX_ALLOCATION/x", "git"],
  ["full-width letters", ".\uFF47it/x", "git"],
  ["of a submodule", "lib/.git/hooks/x", "git"],
  ["an invisible character in it", ".g\u200Cit/x", "odd-name"],
  ["the end of a line in a name", "a\nb", "odd-name"],
  ["a name that git allows", ".gitignored.md", "written"],
  ["a name that holds it", "x.git", "written"],
  [
    "a bare repository",
    "bare/hooks/x",
    "git",
    (root) => {
      for (const folder of ["hooks", "objects", "refs"])
        mkdirSync(join(root, "bare", folder), { recursive: true });
      writeFileSync(join(root, "bare", "HEAD"), "ref: refs/heads/main");
    },
  ],
  ["a link to a file", "link", "link", (root) => symlinkSync("../.bashrc", join(root, "link"))],
  ["a link to nothing yet", "link", "link", (root) => symlinkSync("../new", join(root, "link"))],
  ["a link to douane's own file", "link", "link", ownBehindLink],
  ["a folder that is a link", "out/x", "link", (root) => symlinkSync("..", join(root, "out"))],
  ["a folder that is a link within", "in/x", "link", (root) => symlinkSync("reports", join(root, "in"))],
  ["a folder that is a link to .git", "g/x", "link", (root) => symlinkSync(".git", join(root, "g"))],
  ["a hard link", "hard", "hard-linked", (root) => linkSync(join(root, "../.bashrc"), join(root, "hard"))],
  ["a link to a device", "null", "link", (root) => symlinkSync("/dev/null", join(root, "null"))],
  ["a folder", "reports", "not-regular"],
  ["a file on the way", "README.md/x", "not-regular"],
];

function ownBehindLink(root: string): void {
  writeFileSync(join(root, "..", "own.md"), OWN);
  symlinkSync("../own.md", join(root, "link"));
}

describe("a file that a repository names", () => {
  const cases = CASES.map(([what, file, expected, make]) => ({ what, file, expected, make }));
  test.each(cases)("$what ($file): $expected", async ({ file, expected, make }) => {
    const { path, root } = home();
    make?.(root);
    expect(await wrote(root, resolve(root, file))).toBe(expected);
    expect(readFileSync(join(path, ".bashrc"), "utf8")).toBe("alias");
    expect(existsSync(join(path, "new"))).toBe(false);
  });

  test("an absolute path is not joined to anything", async () => {
    const { path, root } = home();
    expect(await wrote(root, join(path, ".bashrc"))).toBe("outside");
  });

  test("the folder of the settings may be behind a link of the user's", async () => {
    const { path, root } = home();
    symlinkSync("clone", join(path, "link"));
    expect(await wrote(join(path, "link"), join(path, "link", "r.md"))).toBe("written");
    expect(readFileSync(join(root, "r.md"), "utf8")).toBe(OWN);
  });

  test("the permissions of the file that is replaced are known, without setuid", async () => {
    const { root } = home();
    const file = join(root, "own.md");
    writeFileSync(file, OWN);
    chmodSync(file, 0o4_640);
    const target = await confinedTarget(file, { root, isOwn: () => true });
    expect(target.mode).toBe(0o640);
    await target.close();
  });

  test.runIf(process.platform === "linux")(
    "a folder that is swapped for a link after the look is still the one that was looked at",
    async () => {
      const { path, root } = home();
      const target = await confinedTarget(join(root, "reports", ".bashrc"), { root, isOwn: () => false });
      renameSync(join(root, "reports"), join(root, "moved"));
      symlinkSync("..", join(root, "reports"));
      writeFileSync(target.path, OWN);
      await target.close();
      expect(readFileSync(join(path, ".bashrc"), "utf8")).toBe("alias");
      expect(statSync(join(root, "moved", ".bashrc")).size).toBe(OWN.length);
    },
  );
});
