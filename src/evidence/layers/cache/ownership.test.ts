import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cacheIn, FACTS, fileOf, filled, LAYER, OTHER } from "../../../../test/fixtures/facts-cache.ts";
import { ANALYZER_NAMES } from "../analyzers/versions.ts";
import { layersFolder } from "./cache-folder.ts";
import { sealFacts } from "./layer-entry.ts";
import { distrust, isOurs } from "./ownership.ts";
import { pruneCache } from "./prune.ts";

describe("what somebody else could have written is not believed", () => {
  const NOBODY = 65_534;
  const isRoot = process.getuid?.() === 0;

  test("an entry that others may write to", () => {
    const directory = filled(LAYER);
    chmodSync(fileOf(directory), 0o620);
    expect(cacheIn(directory).load(LAYER).entries).toBeUndefined();
    expect(cacheIn(directory).problem).toBeUndefined();
  });

  test("an entry that is a link, a folder, or no file at all", () => {
    const directory = filled(LAYER);
    const target = join(directory, "target");
    renameSync(fileOf(directory), target);
    symlinkSync(target, fileOf(directory));
    expect(cacheIn(directory).load(LAYER).entries).toBeUndefined();
    rmSync(fileOf(directory));
    mkdirSync(fileOf(directory));
    expect(cacheIn(directory).load(LAYER).entries).toBeUndefined();
    rmSync(fileOf(directory), { recursive: true });
    linkSync(target, fileOf(directory));
    expect(cacheIn(directory).load(LAYER).entries).toEqual(FACTS.entries);
  });

  test.each([0o777, 0o775, 0o770])("a folder of mode %o is left alone, and said", (mode) => {
    const directory = filled(LAYER);
    chmodSync(layersFolder(directory), mode);
    const before = readdirSync(layersFolder(directory));
    const cache = cacheIn(directory);
    expect(cache.problem?.fr).toContain("autres utilisateurs");
    expect(cache.load(LAYER)).toEqual({});
    cache.store(OTHER, sealFacts(OTHER, FACTS));
    pruneCache(directory, Date.now(), 0);
    expect(readdirSync(layersFolder(directory))).toEqual(before);
    expect(existsSync(fileOf(directory, "entries", OTHER))).toBe(false);
    expect(existsSync(fileOf(directory))).toBe(true);
  });

  test("another user's folder", () => {
    const directory = filled(LAYER);
    // Only root can change an owner; other users test with a folder of root's.
    if (isRoot) chownSync(layersFolder(directory), NOBODY, NOBODY);
    expect(distrust(isRoot ? layersFolder(directory) : "/usr")).toEqual({
      fr: "le répertoire appartient à un autre utilisateur",
      en: "the folder is another user's",
    });
    expect(Object.keys(cacheIn(directory).load(LAYER))).toHaveLength(isRoot ? 0 : ANALYZER_NAMES.length);
  });

  test("another user's entry", () => {
    const uid = process.getuid?.() ?? 0;
    expect(isOurs({ uid, mode: 0o100600 })).toBe(true);
    expect(isOurs({ uid, mode: 0o100644 })).toBe(true);
    for (const mode of [0o100620, 0o100602, 0o100666]) expect(isOurs({ uid, mode })).toBe(false);
    expect(isOurs({ uid: uid + 1, mode: 0o100600 })).toBe(false);
  });
});
