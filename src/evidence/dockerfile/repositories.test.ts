import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { Repositories } from "./repositories.ts";

function repository(files: readonly string[]): string {
  const root = temporaryDirectory();
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "text");
  }
  return root;
}

function pipelines(root: string): readonly string[] | undefined {
  return new Repositories().pipelinesOf(root)?.map(({ file }) => file);
}

describe("the pipelines of a repository", () => {
  test("are found in their places, and nowhere else", () => {
    const places = [
      ".circleci/config.yml",
      ".github/actions/build/action.yaml",
      ".github/workflows/ci.yml",
      ".gitlab-ci.yml",
      ".gitlab/ci/deep/build.sh",
      ".kontinuous/env/prod/values.yaml",
      ".woodpecker/build.yaml",
      "Jenkinsfile",
      "Makefile",
      "build.sh",
      "compose.prod.yaml",
      "deploy/push.sh",
      "docker-bake.hcl",
      "docker-compose.yml",
      "package.json",
    ];
    const others = [
      ".circleci/other.yml",
      ".github/dependabot.yml",
      ".woodpecker/deep/build.yaml",
      "deploy/deep/push.sh",
      "src/build.sh",
      "values.yaml",
    ];
    expect(pipelines(repository([...places, ...others]))).toEqual(places);
    expect(pipelines(repository(others))).toBeUndefined();
  });

  test("behind links to folders are not looked for: a repository could have all of the disk read", () => {
    const root = repository([".gitlab-ci.yml"]);
    symlinkSync("/", join(root, ".gitlab"));
    mkdirSync(join(root, ".github", "workflows"), { recursive: true });
    symlinkSync("/etc", join(root, ".github", "workflows", "all"));
    expect(pipelines(root)).toEqual([".gitlab-ci.yml"]);
  });

  test("that lead out of it leave it open what they say", () => {
    const root = repository([".gitlab-ci.yml"]);
    symlinkSync("/etc/hostname", join(root, "Makefile"));
    expect(pipelines(root)).toBeUndefined();
  });

  test("among more entries than LIMITS.pipelineEntries leave it open, too", () => {
    const root = repository([".gitlab-ci.yml"]);
    mkdirSync(join(root, "bin"));
    for (let count = 0; count < LIMITS.pipelineEntries; count++)
      writeFileSync(join(root, "bin", `${count}`), "");
    expect(pipelines(root)).toBeUndefined();
  });
});

test("Dockerfiles of several repositories each have their own root and pipelines", () => {
  const folder = temporaryDirectory();
  for (const name of ["one/a/b", "two/c", "none"]) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ["one", "two"]) writeFileSync(join(folder, name, ".gitlab-ci.yml"), name);
  const repositories = new Repositories();
  const seen = ["one/a/b", "two/c", "one/a", "none"].map((name) => {
    const root = repositories.rootOf(join(folder, name, "Dockerfile"));
    return [root, repositories.pipelinesOf(root)?.map(({ text }) => text)];
  });
  expect(seen).toEqual([
    [join(folder, "one"), ["one"]],
    [join(folder, "two"), ["two"]],
    [join(folder, "one"), ["one"]],
    [join(folder, "none"), undefined],
  ]);
});
