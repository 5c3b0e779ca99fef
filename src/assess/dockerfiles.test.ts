import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { problemTitle } from "../contract/source-problem.ts";
import { eachDockerfile } from "./dockerfiles.ts";

/** A folder with two Dockerfiles and a link that leads nowhere, and what a listener hears of them. */
async function visited(dockerfiles: readonly string[], projects: readonly string[], broken?: string) {
  const cwd = temporaryDirectory();
  for (const folder of ["a", "b"]) {
    mkdirSync(join(cwd, folder));
    writeFileSync(join(cwd, folder, "Dockerfile"), "FROM scratch\n");
  }
  symlinkSync("nowhere", join(cwd, "b", "Dockerfile.broken"));
  const heard: string[] = [];
  const listener = {
    failed: async (about: Parameters<typeof problemTitle>[0], error: unknown) =>
      void heard.push(`failed ${problemTitle(about)}: ${String(error)}`),
    unreadable: async (problems: readonly { readonly about: Parameters<typeof problemTitle>[0] }[]) =>
      void heard.push(...problems.map(({ about }) => `unreadable ${problemTitle(about)}`)),
  };
  const used = await eachDockerfile(
    { dockerfiles, projects },
    cwd,
    listener as never,
    async (name, within) => {
      if (name === broken) throw new Error("cannot be read");
      return [name, within === undefined ? "named" : "found"];
    },
  );
  return { used, heard };
}

test("Dockerfiles that are named come first, then those of folders, each once", async () => {
  expect((await visited(["b/Dockerfile", "./b/Dockerfile"], ["a", "."])).used).toEqual([
    ["b/Dockerfile", "named"],
    ["a/Dockerfile", "found"],
  ]);
});

test("a link that leads nowhere is named, and is no Dockerfile", async () => {
  expect(await visited([], ["b"])).toEqual({
    used: [["b/Dockerfile", "found"]],
    heard: ["unreadable b/Dockerfile.broken"],
  });
});

test("one that fails is named, and the others are used", async () => {
  expect(await visited([], ["a", "b"], "a/Dockerfile")).toEqual({
    used: [["b/Dockerfile", "found"]],
    heard: ["failed a/Dockerfile: Error: cannot be read", "unreadable b/Dockerfile.broken"],
  });
});
