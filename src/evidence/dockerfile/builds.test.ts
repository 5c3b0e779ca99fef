import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { parseDockerfile } from "../../dockerfile/parse-dockerfile.ts";
import { buildsOf } from "./builds.ts";
import { Repositories } from "./repositories.ts";

const TEXT = "FROM node:22\nARG VITE_ID\nARG NPM_TOKEN\n";

function repository(files: Readonly<Record<string, string>>): string {
  const folder = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function builds(folder: string, path = "Dockerfile", text = TEXT) {
  return buildsOf(join(folder, path), parseDockerfile(text, { file: path }), new Repositories());
}

test("pipelines are looked for from the repository's root", () => {
  const folder = repository({
    ".github/workflows/ci.yml": "build-args: VITE_ID=a",
    Makefile: "build:\n\tdocker build --build-arg VITE_ID=b --build-arg NPM_TOKEN=abc apps/web",
    "apps/web/Dockerfile": TEXT,
  });
  expect(builds(folder, "apps/web/Dockerfile")).toMatchObject([
    { value: "a", at: { file: ".github/workflows/ci.yml", line: 1 } },
    { value: "b", at: { file: "Makefile", line: 2 } },
  ]);
});

test("without a repository, the Dockerfile's own folder is looked at", () => {
  expect(builds(repository({ "ci.sh": "--build-arg VITE_ID=a" }))).toMatchObject([{ value: "a" }]);
});

test("nothing is known without pipelines, without ARGs", () => {
  expect(builds(repository({ ".git/HEAD": "" }))).toBeUndefined();
  expect(builds(repository({ ".gitlab-ci.yml": "args: a" }), "Dockerfile", "FROM a")).toBeUndefined();
});

test("nothing is known where not everything could be read", () => {
  const pipeline = { ".gitlab-ci.yml": "build-args: VITE_ID=a" };
  expect(builds(repository(pipeline))).toHaveLength(1);
  expect(
    builds(repository({ ...pipeline, Makefile: "x".repeat(LIMITS.buildFileBytes + 1) })),
  ).toBeUndefined();
  const linked = repository(pipeline);
  symlinkSync("/etc/passwd", join(linked, "Makefile"));
  expect(builds(linked)).toBeUndefined();
  const many = Array.from({ length: LIMITS.buildFiles + 1 }, (_, index) => [`s${index}.sh`, ""]);
  expect(builds(repository({ ...pipeline, ...Object.fromEntries(many) }))).toBeUndefined();
});
