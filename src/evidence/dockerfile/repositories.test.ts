import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { Repositories } from "./repositories.ts";

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
