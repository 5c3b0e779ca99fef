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
function keptIn(cacheHome: string): string {
  const script = `import { getCompileCacheDir } from "node:module";
    import { keepCompiledCode } from ${JSON.stringify(MODULE)};
    keepCompiledCode(process.env);
    process.stdout.write(getCompileCacheDir() ?? "nowhere");`;
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...rest } = process.env;
  const env = { ...rest, XDG_CACHE_HOME: cacheHome };
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    env,
  });
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
    ["when a file is in the way", (home) => writeFileSync(join(home, "douane"), "")],
  ])("%s", (_, prepare) => {
    const home = temporaryDirectory();
    prepare(home);
    keptIn(home);
    expect(keptIn(home)).toBe("nowhere");
  });
});
