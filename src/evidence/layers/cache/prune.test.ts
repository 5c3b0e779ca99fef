import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cacheIn, FACTS, fileOf, LAYER } from "../../../../test/fixtures/facts-cache.ts";
import { temporaryDirectory } from "../../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { layersFolder } from "./cache-folder.ts";
import { type LayerKey, sealFacts } from "./layer-entry.ts";
import { cacheSize, pruneCache } from "./prune.ts";

describe("the size of the cache", () => {
  const LAYERS: readonly LayerKey[] = [
    { ...LAYER, digest: `sha256:${"1".repeat(64)}` },
    { ...LAYER, digest: `sha256:${"2".repeat(64)}` },
  ];

  function aged(): { directory: string; files: string[]; bytes: number } {
    const directory = temporaryDirectory();
    const { entries, secrets } = FACTS;
    for (const layer of LAYERS) cacheIn(directory).store(layer, sealFacts(layer, { entries, secrets }));
    const files = (["entries", "secrets"] as const).flatMap((analyzer) =>
      LAYERS.map((layer) => fileOf(directory, analyzer, layer)),
    );
    for (const [age, file] of files.entries()) utimesSync(file, 1_000 - age, 1_000 - age);
    return { directory, files, bytes: cacheSize(directory).bytes };
  }

  test("is the sum of all versions; of no cache, nothing", () => {
    const { directory, files, bytes } = aged();
    expect(cacheSize(directory)).toEqual({ entries: 4, bytes });
    expect(bytes).toBe(files.reduce((sum, file) => sum + readFileSync(file).length, 0));
    expect(cacheSize(temporaryDirectory())).toEqual({ entries: 0, bytes: 0 });
  });

  test("is kept within its bound: the longest unused go first", () => {
    const { directory, files } = aged();
    const [first = "", second = ""] = files;
    pruneCache(directory, Date.now(), readFileSync(first).length + readFileSync(second).length);
    expect(files.map((file) => existsSync(file))).toEqual([true, true, false, false]);
  });

  test("LIMITS.cacheBytes, when nobody says another", () => {
    const { directory, files } = aged();
    const [first = ""] = files;
    truncateSync(first, LIMITS.cacheBytes);
    utimesSync(first, 2_000, 2_000);
    pruneCache(directory, Date.now());
    expect(files.map((file) => existsSync(file))).toEqual([true, false, false, false]);
  });

  test("is looked at once a day", () => {
    const { directory } = aged();
    pruneCache(directory, Date.now());
    pruneCache(directory, Date.now(), 0);
    expect(cacheSize(directory).entries).toBe(4);
    pruneCache(directory, Date.now() + 25 * 3_600_000, 0);
    expect(cacheSize(directory).entries).toBe(0);
  });

  test("leftovers of killed runs go, those of runs that may be under way stay", () => {
    const directory = temporaryDirectory();
    const folder = join(layersFolder(directory), "v1");
    mkdirSync(folder, { recursive: true });
    for (const name of ["old.tmp", "new.tmp"]) writeFileSync(join(folder, name), "x");
    utimesSync(join(folder, "old.tmp"), 1_000, 1_000);
    pruneCache(directory, Date.now());
    expect(readdirSync(folder)).toEqual(["new.tmp"]);
  });

  test("an entry that is used stays young", () => {
    const { directory, files } = aged();
    const kept = cacheIn(directory).load(LAYERS[1] ?? LAYER);
    expect(Object.keys(kept)).toEqual(["entries", "secrets"]);
    const bytes = [files[1], files[3]].reduce((sum, file = "") => sum + readFileSync(file).length, 0);
    pruneCache(directory, Date.now(), bytes);
    expect(files.map((file) => existsSync(file))).toEqual([false, true, false, true]);
  });
});
