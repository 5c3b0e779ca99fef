import { chownSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { unpackDirectory } from "./unpack-directory.ts";

test("layers are kept in the cache", async () => {
  const cache = temporaryDirectory();
  const made = await unpackDirectory(cache);
  expect(made.path).toBe(join(cache, "unpacked"));
  await made.dispose();
});

test("without a cache they are gone afterwards", async () => {
  const made = await unpackDirectory(undefined);
  expect(existsSync(made.path)).toBe(true);
  await made.dispose();
  expect(existsSync(made.path)).toBe(false);
});

test.runIf(process.geteuid?.() === 0)("root keeps none where another user could change them", async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, "douane"));
  chownSync(home, 1_000, 1_000);
  const made = await unpackDirectory(join(home, "douane"));
  expect(made.path.startsWith(home)).toBe(false);
  await made.dispose();
  expect(existsSync(made.path)).toBe(false);
});
