import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { deployment, yaml } from "../../../test/fixtures/manifests.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

function repository(files: Readonly<Record<string, string>>): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, ".git"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const FILES = {
  "deploy/web.yaml": yaml(deployment({ name: "web" })),
  "deploy/old/old.yaml": yaml(deployment({ name: "old" })),
  "local/Dockerfile": "FROM alpine\n",
};

async function judged(cwd: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ended = await douane(["check", ".", "--no-images", "--format", "json", ...argv], { cwd, env });
  const report = JSON.parse(ended.stdout);
  const names = report.verdicts.map(({ subject }: { subject: { name: string } }) => subject.name);
  return { ...ended, names, leftOut: report.leftOut };
}

const ALL = ["Deployment/old", "Deployment/web", "local/Dockerfile"];

describe("files of a folder are left out", () => {
  test("by --exclude, or by the environment, and that is said", async () => {
    const cwd = repository(FILES);
    for (const [argv, env] of [
      [["--exclude", "old/", "--exclude", "/local"], {}],
      [[], { DOUANE_EXCLUDE: "old/,/local" }],
    ] as const) {
      const { names, stderr, leftOut } = await judged(cwd, argv, env);
      expect(names).toEqual(["Deployment/web"]);
      expect(stderr).toContain("left out by --exclude: 2 files (deploy/old/old.yaml, local/Dockerfile).");
      expect(leftOut).toEqual([
        { by: "exclude", count: 2, files: ["deploy/old/old.yaml", "local/Dockerfile"] },
      ]);
    }
  });

  test("by .douaneignore, wherever it lies", async () => {
    const cwd = repository({ ...FILES, ".douaneignore": "local/\n", "deploy/.douaneignore": "old/*\n" });
    const { names, stderr } = await judged(cwd, []);
    expect(names).toEqual(["Deployment/web"]);
    expect(stderr).toContain("left out by .douaneignore: 2 files");
  });

  test("where git ignores them, unless --no-gitignore", async () => {
    const cwd = repository({ ...FILES, ".gitignore": "old/\n" });
    const { names, stderr } = await judged(cwd, []);
    expect(names).toEqual(ALL.slice(1));
    expect(stderr).toContain(
      "left out, git ignores it (--no-gitignore judges it): 1 file (deploy/old/old.yaml).",
    );
    expect((await judged(cwd, ["--no-gitignore"])).names).toEqual(ALL);
    expect((await judged(cwd, ["--quiet"])).stderr).toBe("");
  });

  test("but by no file of the repository where the platform's policy judges", async () => {
    const cwd = repository({
      ...FILES,
      ".gitignore": "old/\n",
      ".douaneignore": "*\n",
      "policy.yml": "{}\n",
    });
    expect((await judged(cwd, ["--policy", "policy.yml"])).names).toEqual(ALL);
    const { names, leftOut } = await judged(cwd, ["--policy", "policy.yml", "--exclude", "old"]);
    expect([names, leftOut[0].by]).toEqual([ALL.slice(1), "exclude"]);
  });

  test("a file that is named is judged all the same", async () => {
    const cwd = repository({ ...FILES, ".gitignore": "*\n" });
    const { exit, stdout } = await douane(
      ["check", "deploy/web.yaml", "--no-images", "--format", "json", "--exclude", "*"],
      { cwd },
    );
    expect([exit, JSON.parse(stdout).verdicts.length]).toEqual([2, 1]);
  });

  test("a folder elsewhere is looked at from itself", async () => {
    const elsewhere = repository(FILES);
    const { stdout } = await douane(
      ["check", elsewhere, "--no-images", "--format", "json", "--exclude", "/deploy/old"],
      { cwd: temporaryDirectory() },
    );
    expect(JSON.parse(stdout).verdicts).toHaveLength(2);
  });
});
