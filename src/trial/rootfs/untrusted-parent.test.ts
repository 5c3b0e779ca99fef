import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { untrustedParent } from "./untrusted-parent.ts";

test.runIf(process.geteuid?.() === 0)("who could put something else in its place", async () => {
  const [top, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
  mkdirSync(join(top, "own"));
  symlinkSync(elsewhere, join(top, "link"));
  const above = async (name: string): Promise<string | undefined> =>
    untrustedParent(join(top, name, "a", "b"));
  expect([await above("own"), await above("link")]).toEqual([undefined, undefined]);
  chmodSync(elsewhere, 0o777);
  expect([await above("own"), await above("link")]).toEqual([undefined, elsewhere]);
  chmodSync(elsewhere, 0o1777);
  expect(await above("link")).toBeUndefined();
  lchownSync(join(top, "link"), 1_000, 1_000);
  expect(await above("link")).toBe(join(top, "link"));
  chownSync(top, 1_000, 1_000);
  expect(await above("own")).toBe(top);
});
