import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

const MODULE = join(import.meta.dirname, "compile-cache.ts");

/**
 * Folder of Node's compile cache after keepCompiledCode(), in a child process, since it cannot be disabled
 * again.
 */
function keptIn(cacheHome: string, argv: readonly string[] = [], variables = {}): string {
  const script = `import { getCompileCacheDir } from "node:module";
    import { keepCompiledCode } from ${JSON.stringify(MODULE)};
    keepCompiledCode({ argv: process.argv.slice(1), env: process.env, cwd: process.cwd() });
    process.stdout.write(getCompileCacheDir() ?? "nowhere");`;
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...rest } = process.env;
  const env = { ...rest, XDG_CACHE_HOME: cacheHome, ...variables };
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", script, "--", ...argv],
    {
      encoding: "utf8",
      env,
    },
  );
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

test("compiled code is kept in the user's cache from the second run on, for the user alone", () => {
  const home = temporaryDirectory();
  expect(keptIn(home)).toBe("nowhere");
  expect(keptIn(home)).toContain(join(home, "douane", "code"));
  expect(statSync(join(home, "douane", "code")).mode & 0o777).toBe(0o700);
});

describe("compiled code is kept nowhere", () => {
  test.each<[string, (home: string) => void]>([
    ["when others can write to the cache's parent", (home) => chmodSync(home, 0o1777)],
    [
      "when others can write to the cache",
      (home) => {
        mkdirSync(join(home, "douane"));
        chmodSync(join(home, "douane"), 0o775);
      },
    ],
    [
      "when its directory is a link",
      (home) => {
        mkdirSync(join(home, "douane"));
        symlinkSync(temporaryDirectory(), join(home, "douane", "code"));
      },
    ],
    ["when a repository may have brought it", (home) => mkdirSync(join(home, ".git"))],
    ["when a file is in the way", (home) => writeFileSync(join(home, "douane"), "")],
  ])("%s", (_, prepare) => {
    const home = temporaryDirectory();
    prepare(home);
    keptIn(home);
    expect(keptIn(home)).toBe("nowhere");
  });
});

describe("compiled code of an earlier run is left alone", () => {
  test.each<[string, readonly string[], Record<string, string>]>([
    ["with --no-cache", ["check", "--no-cache"], {}],
    ["with DOUANE_NO_CACHE=1", [], { DOUANE_NO_CACHE: "1" }],
    ["with a DOUANE_NO_CACHE that is refused later", [], { DOUANE_NO_CACHE: "on" }],
  ])("%s", (_, argv, variables) => {
    const home = temporaryDirectory();
    keptIn(home);
    expect(keptIn(home, argv, variables)).toBe("nowhere");
  });

  test("not with DOUANE_NO_CACHE=0", () => {
    const home = temporaryDirectory();
    keptIn(home);
    expect(keptIn(home, [], { DOUANE_NO_CACHE: "0" })).toContain(home);
  });
});
