import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { ANALYZER_NAMES } from "../analyzers/versions.ts";
import type { AnalyzerName, LayerFacts } from "../facts.ts";
import { CacheFolder, layersFolder } from "./cache-folder.ts";
import { FactsCache } from "./facts-cache.ts";
import { kindOf, type LayerKey, layerName, sealFacts } from "./layer-entry.ts";
import { distrust, isOurs } from "./ownership.ts";
import { cacheSize, pruneCache } from "./prune.ts";

const root = mkdtempSync(join(tmpdir(), "douane-cache-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function newFolder(): string {
  folders++;
  return join(root, String(folders));
}

const LAYER: LayerKey = {
  digest: `sha256:${"b".repeat(64)}`,
  diffId: `sha256:${"d".repeat(64)}`,
  size: 1,
};
const OTHER: LayerKey = {
  digest: `sha256:${"c".repeat(64)}`,
  diffId: `sha256:${"e".repeat(64)}`,
  size: 2,
};
const FACTS: LayerFacts = {
  entries: {
    unpackedBytes: 1_024,
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
  files: { asked: ["0123456789abcdef"], matched: [], contents: [{ entry: 0, text: "é\0x", cutAt: 4 }] },
  scripts: { found: [1], contents: [{ entry: 1, text: "", cutAt: 4, full: true }] },
  secrets: {
    found: [
      {
        entry: 0,
        kind: "private-key",
        masked: "----…",
        id: "0123456789abcdef",
        confidence: "confirmed",
        line: 3,
      },
    ],
  },
};

function cacheIn(directory: string): FactsCache {
  return new FactsCache(new CacheFolder(directory));
}

/** A folder with the facts of these layers. */
function filled(...layers: readonly LayerKey[]): string {
  const directory = newFolder();
  for (const layer of layers) cacheIn(directory).store(layer, sealFacts(layer, FACTS));
  return directory;
}

function fileOf(directory: string, analyzer: AnalyzerName = "entries", layer = LAYER): string {
  return join(layersFolder(directory), kindOf(analyzer), `${layerName(layer)}.json`);
}

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
  // As a platform would hand them round.
  const elsewhere = newFolder();
  mkdirSync(elsewhere);
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
    // As another version leaves it.
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
    // Only root can give a folder away; to all others, one of root's serves.
    if (isRoot) chownSync(layersFolder(directory), NOBODY, NOBODY);
    expect(distrust(isRoot ? layersFolder(directory) : "/usr")).toEqual({
      fr: "le dossier appartient à un autre utilisateur",
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

test("a cache that cannot be written says so once, and is no obstacle", () => {
  const directory = newFolder();
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

describe("the size of the cache", () => {
  const LAYERS: readonly LayerKey[] = [
    { ...LAYER, digest: `sha256:${"1".repeat(64)}` },
    { ...LAYER, digest: `sha256:${"2".repeat(64)}` },
  ];

  function aged(): { directory: string; files: string[]; bytes: number } {
    const directory = newFolder();
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
    expect(cacheSize(newFolder())).toEqual({ entries: 0, bytes: 0 });
  });

  test("is kept within its bound: the longest unused go first", () => {
    const { directory, files } = aged();
    const [first = "", second = ""] = files;
    pruneCache(directory, Date.now(), readFileSync(first).length + readFileSync(second).length);
    expect(files.map((file) => existsSync(file))).toEqual([true, true, false, false]);
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
    const directory = newFolder();
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
