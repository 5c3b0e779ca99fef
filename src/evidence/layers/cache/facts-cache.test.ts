import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cacheIn, FACTS, fileOf, filled, LAYER, OTHER } from "../../../../test/fixtures/facts-cache.ts";
import { temporaryDirectory } from "../../../../test/fixtures/temporary-directory.ts";
import { ANALYZER_NAMES } from "../analyzers/versions.ts";
import type { AnalyzerName } from "../facts/facts.ts";
import { layersFolder } from "./cache-folder.ts";
import { kindOf, sealFacts } from "./layer-entry.ts";
import { cacheSize, pruneCache } from "./prune.ts";

test("facts come back as they were stored", () => {
  expect(cacheIn(filled(LAYER)).load(LAYER)).toEqual(FACTS);
});

test("an entry is a file that says what it is, and nothing of this machine", () => {
  const [here, there] = [filled(LAYER), filled(LAYER)];
  for (const analyzer of ANALYZER_NAMES) {
    const text = readFileSync(fileOf(here, analyzer), "utf8");
    expect(JSON.parse(text.split("\n")[0] ?? "")).toEqual({
      schema: "douane/layer-facts/v1",
      analyzer,
      version: expect.any(String) as string,
      layer: LAYER,
    });
    expect(readFileSync(fileOf(there, analyzer), "utf8")).toBe(text);
  }
  // A copied cache, as a platform might distribute it.
  const elsewhere = temporaryDirectory();
  renameSync(layersFolder(here), layersFolder(elsewhere));
  expect(cacheIn(elsewhere).load(LAYER)).toEqual(FACTS);
});

test("another digest, another diffId, another size are not found", () => {
  const cache = cacheIn(filled(LAYER));
  expect(cache.load(OTHER)).toEqual({});
  expect(cache.load({ ...LAYER, diffId: OTHER.diffId })).toEqual({});
  expect(cache.load({ ...LAYER, size: 2 })).toEqual({});
});

test("a layer without a digest goes by its diffId", () => {
  const { digest: _, ...layer } = LAYER;
  const cache = cacheIn(filled(layer));
  expect(cache.load(layer)).toEqual(FACTS);
  expect(cache.load(LAYER)).toEqual({});
});

describe("of several analyzers, each is known by itself", () => {
  test.each(ANALYZER_NAMES)("without %s", (name) => {
    const directory = filled(LAYER);
    // Facts left by another version.
    renameSync(join(layersFolder(directory), kindOf(name)), join(layersFolder(directory), `${name}-0`));
    const { [name]: _, ...others } = FACTS;
    expect(cacheIn(directory).load(LAYER)).toEqual(others);
  });
});

describe("an entry that was copied is not believed in its new place", () => {
  test("of another layer", () => {
    const directory = filled(LAYER, OTHER);
    copyFileSync(fileOf(directory, "secrets", OTHER), fileOf(directory, "secrets", LAYER));
    expect(cacheIn(directory).load(LAYER).secrets).toBeUndefined();
    expect(cacheIn(directory).load(OTHER).secrets).toEqual(FACTS.secrets);
  });

  test("of another analyzer", () => {
    const directory = filled(LAYER);
    copyFileSync(fileOf(directory, "files"), fileOf(directory, "scripts"));
    expect(cacheIn(directory).load(LAYER).scripts).toBeUndefined();
  });

  test("of another version", () => {
    const directory = filled(LAYER);
    const file = fileOf(directory, "secrets");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/"version":"[^"]*"/, '"version":"0"'));
    expect(cacheIn(directory).load(LAYER).secrets).toBeUndefined();
  });
});

describe("an entry that is damaged or foreign is ignored, and written anew", () => {
  const changed = (stored: string, change: (json: string) => string) => {
    const [name = "", , ...lines] = stored.split("\n");
    const json = change(lines.join("\n"));
    return `${name}\n${crc32(json).toString(16).padStart(8, "0")}\n${json}`;
  };
  test.each<[string, AnalyzerName, (stored: string) => string]>([
    ["empty", "entries", () => ""],
    ["torn", "entries", (stored) => stored.slice(0, -20)],
    ["one character changed", "entries", (stored) => stored.replace("1024", "1025")],
    ["no checksum", "entries", (stored) => stored.replace(/\n.*\n/, "\n")],
    ["not JSON", "entries", (stored) => changed(stored, () => "{")],
    ["of another form", "entries", (stored) => changed(stored, () => '{"diffId":"x"}')],
    [
      "columns of unequal length",
      "entries",
      (stored) => changed(stored, (json) => json.replace('"sizes":[3,0,0]', '"sizes":[3,0]')),
    ],
    [
      "a kind that does not exist",
      "entries",
      (stored) => changed(stored, (json) => json.replace('"kindOf":[0,0,1]', '"kindOf":[0,0,2]')),
    ],
    ["a relative path", "entries", (stored) => changed(stored, (json) => json.replace('"/c"', '"c"'))],
    [
      "an entry that the layer does not have",
      "files",
      (stored) => changed(stored, (json) => json.replace('"matched":[]', '"matched":[3]')),
    ],
    [
      "a secret of one",
      "secrets",
      (stored) => changed(stored, (json) => json.replace('"entry":0', '"entry":3')),
    ],
    [
      "a script of one",
      "scripts",
      (stored) => changed(stored, (json) => json.replace('"entry":1', '"entry":3')),
    ],
  ])("%s", (_, analyzer, change) => {
    const directory = filled(LAYER);
    const file = fileOf(directory, analyzer);
    writeFileSync(file, change(readFileSync(file, "utf8")));
    const { [analyzer]: damaged, ...others } = FACTS;
    expect(cacheIn(directory).load(LAYER)).toEqual(others);
    cacheIn(directory).store(LAYER, sealFacts(LAYER, { [analyzer]: damaged }));
    expect(cacheIn(directory).load(LAYER)).toEqual(FACTS);
  });
});

test("a cache that cannot be written says so once, and is no obstacle", () => {
  const directory = join(temporaryDirectory(), "file");
  writeFileSync(directory, "a file where the folder should be");
  const cache = cacheIn(directory);
  expect(cache.load(LAYER)).toEqual({});
  cache.store(LAYER, sealFacts(LAYER, FACTS));
  const { problem } = cache;
  expect(problem?.en).toContain(directory);
  cache.store(OTHER, sealFacts(OTHER, FACTS));
  expect(cache.problem).toBe(problem);
  pruneCache(directory, Date.now());
  expect(cacheSize(directory)).toEqual({ entries: 0, bytes: 0 });
});

test("nothing but whole entries is left behind", () => {
  const directory = filled(LAYER, LAYER, LAYER);
  for (const analyzer of ANALYZER_NAMES) {
    expect(readdirSync(join(layersFolder(directory), kindOf(analyzer)))).toEqual([`${"b".repeat(64)}.json`]);
  }
});
