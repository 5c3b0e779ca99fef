import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { LayerSource } from "../../../image/open-image.ts";
import type { LayerFacts } from "../facts.ts";
import { CacheFolder, layersFolder } from "./cache-folder.ts";
import { cacheVersion } from "./cache-version.ts";
import { formatFacts } from "./facts-bytes.ts";
import { LayerCache } from "./layer-cache.ts";
import { cacheSize, pruneCache } from "./prune.ts";

const root = mkdtempSync(join(tmpdir(), "douane-cache-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function newFolder(): string {
  folders++;
  return join(root, String(folders));
}

const DIFF_ID = `sha256:${"d".repeat(64)}` as const;
const LAYER: LayerSource = {
  digest: `sha256:${"b".repeat(64)}`,
  diffId: DIFF_ID,
  mediaType: "",
  size: 1,
  bytes: { in: "nowhere", reason: { fr: "", en: "" } },
};
const FACTS: LayerFacts = {
  diffId: DIFF_ID,
  unpackedBytes: 1_024,
  entries: {
    paths: ["/a\n", "/b\udcff", "/c"],
    kinds: [
      { type: "file", mode: 0o644, uid: 0, gid: 0 },
      { type: "symlink", mode: 0o777, uid: 0, gid: 0, ignored: true },
    ],
    kindOf: [0, 0, 1],
    sizes: [3, 0, 0],
    links: [[2, "../a"]],
    capabilities: [[0, "01ff"]],
  },
  matched: [],
  contents: [{ entry: 0, text: "é\0x", cutAt: 4 }],
  scripts: [1],
  secrets: [
    {
      entry: 0,
      kind: "private-key",
      masked: "----…",
      id: "0123456789abcdef",
      confidence: "confirmed",
      line: 3,
    },
  ],
};

function cacheIn(directory: string, version: string): LayerCache {
  return new LayerCache(new CacheFolder(directory, version));
}

const BYTES = formatFacts(FACTS);

function fileIn(directory: string): string {
  const folder = join(layersFolder(directory), "v1");
  return join(folder, readdirSync(folder)[0] ?? "");
}

test("facts come back as they were stored", () => {
  const directory = newFolder();
  cacheIn(directory, "v1").store(LAYER, BYTES);
  expect(cacheIn(directory, "v1").load(LAYER)).toEqual(FACTS);
});

test("another layer, another version, another diffId are not found", () => {
  const cache = cacheIn(newFolder(), "v1");
  cache.store(LAYER, BYTES);
  expect(cache.load({ ...LAYER, digest: `sha256:${"0".repeat(64)}` })).toBeUndefined();
  expect(cache.load({ ...LAYER, diffId: `sha256:${"0".repeat(64)}` })).toBeUndefined();
  expect(cacheIn(newFolder(), "v2").load(LAYER)).toBeUndefined();
});

test("a layer without a digest goes by its diffId", () => {
  const { digest: _, ...layer } = LAYER;
  const cache = cacheIn(newFolder(), "v1");
  cache.store(layer, BYTES);
  expect(cache.load(layer)).toEqual(FACTS);
  expect(cache.load(LAYER)).toBeUndefined();
});

describe("an entry that is damaged or foreign is ignored, and written anew", () => {
  const seal = (json: string) => `${crc32(json).toString(16).padStart(8, "0")}\n${json}`;
  test.each<[string, (stored: string) => string]>([
    ["empty", () => ""],
    ["torn", (stored) => stored.slice(0, -20)],
    ["one character changed", (stored) => stored.replace("1024", "1025")],
    ["no checksum", (stored) => stored.slice(stored.indexOf("\n") + 1)],
    ["not JSON", () => seal("{")],
    ["of another form", () => seal('{"diffId":"x"}')],
    ["columns of unequal length", (stored) => seal(body(stored).replace('"sizes":[3,0,0]', '"sizes":[3,0]'))],
    [
      "a kind that does not exist",
      (stored) => seal(body(stored).replace('"kindOf":[0,0,1]', '"kindOf":[0,0,2]')),
    ],
    ["a relative path", (stored) => seal(body(stored).replace('"/c"', '"c"'))],
  ])("%s", (_, change) => {
    const directory = newFolder();
    const cache = cacheIn(directory, "v1");
    cache.store(LAYER, BYTES);
    const stored = readFileSync(fileIn(directory), "utf8");
    writeFileSync(fileIn(directory), change(stored));
    expect(cache.load(LAYER)).toBeUndefined();
    cache.store(LAYER, BYTES);
    expect(cache.load(LAYER)).toEqual(FACTS);
  });

  function body(stored: string): string {
    return stored.slice(stored.indexOf("\n") + 1);
  }
});

test("a cache that cannot be written says so once, and is no obstacle", () => {
  const directory = newFolder();
  writeFileSync(directory, "a file where the folder should be");
  const cache = cacheIn(directory, "v1");
  expect(cache.load(LAYER)).toBeUndefined();
  expect(cache.problem).toBeUndefined();
  cache.store(LAYER, BYTES);
  const { problem } = cache;
  expect(problem).toContain(directory);
  cache.store({ ...LAYER, digest: `sha256:${"0".repeat(64)}` }, BYTES);
  expect(cache.problem).toBe(problem);
  pruneCache(directory, Date.now());
});

test("nothing but whole entries is left behind", () => {
  const directory = newFolder();
  const cache = cacheIn(directory, "v1");
  for (const _ of [1, 2, 3]) cache.store(LAYER, BYTES);
  expect(readdirSync(join(layersFolder(directory), "v1"))).toEqual([`${"b".repeat(64)}.json`]);
});

describe("the size of the cache", () => {
  function filled(): { directory: string; files: string[]; bytes: number } {
    const directory = newFolder();
    for (const version of ["v1", "v2"]) {
      for (const digit of ["1", "2"]) {
        cacheIn(directory, version).store({ ...LAYER, digest: `sha256:${digit.repeat(64)}` }, BYTES);
      }
    }
    const files = ["v1", "v2"].flatMap((version) =>
      ["1", "2"].map((digit) => join(layersFolder(directory), version, `${digit.repeat(64)}.json`)),
    );
    for (const [age, file] of files.entries()) utimesSync(file, 1_000 - age, 1_000 - age);
    return { directory, files, bytes: cacheSize(directory).bytes };
  }

  test("is the sum of all versions; of no cache, nothing", () => {
    const { directory, files, bytes } = filled();
    expect(cacheSize(directory)).toEqual({ entries: 4, bytes });
    expect(bytes).toBe(files.reduce((sum, file) => sum + readFileSync(file).length, 0));
    expect(cacheSize(newFolder())).toEqual({ entries: 0, bytes: 0 });
  });

  test("is kept within its bound: the longest unused go first", () => {
    const { directory, files, bytes } = filled();
    pruneCache(directory, Date.now(), bytes / 2);
    expect(files.map((file) => existsSync(file))).toEqual([true, true, false, false]);
  });

  test("is looked at once a day", () => {
    const { directory } = filled();
    pruneCache(directory, Date.now());
    pruneCache(directory, Date.now(), 0);
    expect(cacheSize(directory).entries).toBe(4);
    pruneCache(directory, Date.now() + 25 * 3_600_000, 0);
    expect(cacheSize(directory).entries).toBe(0);
  });

  test("leftovers of killed runs go, those of runs that may be under way stay", () => {
    const directory = newFolder();
    const folder = join(layersFolder(directory), "v1");
    mkdirSync(folder, { recursive: true });
    for (const name of ["old.tmp", "new.tmp"]) writeFileSync(join(folder, name), "x");
    utimesSync(join(folder, "old.tmp"), 1_000, 1_000);
    pruneCache(directory, Date.now());
    expect(readdirSync(folder)).toEqual(["new.tmp"]);
  });

  test("an entry that is used stays young", () => {
    const { directory, files } = filled();
    cacheIn(directory, "v2").load({ ...LAYER, digest: `sha256:${"2".repeat(64)}` });
    pruneCache(directory, Date.now(), readFileSync(files[3] ?? "").length);
    expect(files.map((file) => existsSync(file))).toEqual([false, false, false, true]);
  });
});

test("the version changes with douane, and with what is asked of files, patterns included", () => {
  const versions = [
    cacheVersion("1.0.0", []),
    cacheVersion("1.0.1", []),
    cacheVersion("1.0.0", [{ pattern: /a/ }]),
    cacheVersion("1.0.0", [{ pattern: /a/i }]),
    cacheVersion("1.0.0", [{ pattern: /b/ }]),
    cacheVersion("1.0.0", [{ names: ["a"] }]),
  ];
  expect(new Set(versions).size).toBe(versions.length);
  expect(cacheVersion("1.0.0", [{ names: ["a"] }, { names: ["a"] }])).toBe(versions[5]);
  for (const version of versions) expect(version).toMatch(/^[0-9a-f]{16}$/);
});
