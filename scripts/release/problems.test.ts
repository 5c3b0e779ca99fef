import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { releaseProblems } from "./problems.ts";

const READY = {
  "package.json": JSON.stringify({
    version: "1.2.3",
    repository: "https://git.example/douane",
    publishConfig: { provenance: true },
  }),
  "src/cli/process/version.ts": 'export const VERSION = "1.2.3";\n',
  "CHANGELOG.md": "# Changelog\n\n## 1.2.3 (2026-11-30)\n\n- More.\n\n## 1.2.2 (2026-10-30)\n",
};

function checkout(changes: Partial<Record<keyof typeof READY, string>> = {}): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, "src", "cli", "process"), { recursive: true });
  for (const [path, text] of Object.entries({ ...READY, ...changes })) writeFileSync(join(root, path), text);
  git(root, "init", "--quiet");
  commit(root);
  return root;
}

function git(root: string, ...argv: readonly string[]): void {
  const who = ["-c", "user.name=douane", "-c", "user.email=douane@example.org"];
  execFileSync("git", ["-C", root, ...who, ...argv], { stdio: "ignore" });
}

function commit(root: string): void {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "A change");
}

test("a checkout that is ready has none, tagged already or not", () => {
  const root = checkout();
  expect(releaseProblems(root)).toEqual([]);
  git(root, "tag", "v1.2.3");
  expect(releaseProblems(root)).toEqual([]);
});

test.each<[string, Partial<Record<keyof typeof READY, string>>, string]>([
  [
    "a version of the code's own",
    { "src/cli/process/version.ts": 'const VERSION = "1.2.2";' },
    "another one than 1.2.3",
  ],
  ["no day", { "CHANGELOG.md": "## 1.2.3 (unreleased)\n\n## 1.2.2 (2026-10-30)\n" }, "names no day"],
  ["no section of its own", { "CHANGELOG.md": "## 1.2.2 (2026-10-30)\n" }, "not with 1.2.3"],
  ["an empty changelog", { "CHANGELOG.md": "" }, "no section"],
  [
    "no repository",
    { "package.json": '{"version":"1.2.3","publishConfig":{"provenance":true}}' },
    "names no repository",
  ],
  ["no provenance", { "package.json": '{"version":"1.2.3","repository":"x"}' }, "publishConfig.provenance"],
])("%s is one", (_, changes, said) => {
  expect(releaseProblems(checkout(changes))).toEqual([expect.stringContaining(said)]);
});

test("what is not committed is one, and a tag on another commit", () => {
  const root = checkout();
  git(root, "tag", "v1.2.3");
  writeFileSync(join(root, "new.txt"), "");
  expect(releaseProblems(root)).toEqual([expect.stringContaining("new.txt")]);
  commit(root);
  expect(releaseProblems(root)).toEqual([expect.stringContaining("v1.2.3 stands on another commit")]);
});
