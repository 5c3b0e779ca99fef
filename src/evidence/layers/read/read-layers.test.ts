import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { digestOfBytes, type LayerValue, layerOf } from "../../../../test/fixtures/image/layer.ts";
import { downloadOf, layerSource, pieces } from "../../../../test/fixtures/layer-sources.ts";
import { InvalidInputError, UnavailableError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { LayerBytes } from "../../../image/open-image.ts";
import { CacheFolder, layersFolder } from "../cache/cache-folder.ts";
import { cacheVersion } from "../cache/cache-version.ts";
import { formatFacts } from "../cache/facts-bytes.ts";
import { LayerCache } from "../cache/layer-cache.ts";
import { unreadLayer } from "../facts.ts";
import { readLayers } from "./read-layers.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-layers-"));
const open: number[] = [];
afterAll(() => {
  for (const fd of open) closeSync(fd);
  rmSync(folder, { recursive: true });
});

let files = 0;
function inFile({ blob }: LayerValue): LayerBytes {
  files++;
  const path = join(folder, String(files));
  writeFileSync(path, Buffer.concat([Buffer.from("before"), blob, Buffer.from("behind")]));
  const fd = openSync(path, "r");
  open.push(fd);
  return { in: "file", fd, offset: "before".length, size: blob.length };
}

/** Bytes that do not compress, so that the layer is read in threads. */
function noise(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const LARGE = [1, 2, 3].map((seed) =>
  layerOf([
    { path: `large-${seed}`, content: noise(seed, 6_000_000) },
    { path: "app/settings.conf", content: `seed=${seed}` },
  ]),
);
const SMALL = [1, 2].map((seed) => layerOf([{ path: "app/settings.conf", content: `seed=${seed}` }]));
const SELECTORS = [{ suffixes: [".conf"], content: 100 }];
const OPTIONS = { selectors: SELECTORS };

describe("layers give the same facts wherever they are and whoever reads them", () => {
  test.each([
    ["small, in files", SMALL, inFile],
    ["small, downloaded", SMALL, downloadOf],
    ["large, in files", LARGE, inFile],
    ["large, downloaded", LARGE, downloadOf],
  ])("%s", async (_, values, where) => {
    const { layers } = await readLayers(
      values.map((value) => layerSource(value, where(value))),
      OPTIONS,
    );
    expect(
      layers.map(({ diffId, unpackedBytes, contents }) => [diffId, unpackedBytes, contents[0]?.text]),
    ).toEqual(values.map(({ diffId, tar }, index) => [diffId, tar.length, `seed=${index + 1}`]));
    expect(layers.map(({ entries }) => entries.paths.length)).toEqual(
      values.map(() => (values === LARGE ? 2 : 1)),
    );
  });

  test("a layer that stands twice in an image is read once", async () => {
    const [value = layerOf([])] = SMALL;
    const opened: string[] = [];
    const bytes = downloadOf(value, () => opened.push("once"));
    const { layers } = await readLayers([layerSource(value, bytes), layerSource(value, bytes)], OPTIONS);
    expect([opened, layers[0] === layers[1]]).toEqual([["once"], true]);
  });

  test("one that cannot be read has no entries", async () => {
    const [value = layerOf([])] = SMALL;
    const { layers } = await readLayers(
      [layerSource(value, { in: "nowhere", reason: { fr: "", en: "" } })],
      OPTIONS,
    );
    expect(layers).toMatchObject([{ diffId: value.diffId, entries: { paths: [] } }]);
  });
});

describe("an error is the layer's, of its class, with its code, and names it", () => {
  const lying = (value: LayerValue): LayerValue => ({
    ...value,
    diffId: digestOfBytes(Buffer.from("other")),
  });

  test.each([
    ["on this thread", SMALL, inFile],
    ["in a thread, from a file", LARGE, inFile],
    ["in a thread, from a download", LARGE, downloadOf],
  ])("%s", async (_, values, where) => {
    const changed = values.map((value, index) => (index === 1 ? lying(value) : value));
    const reading = readLayers(
      changed.map((value) => layerSource(value, where(value))),
      OPTIONS,
    );
    await expect(reading).rejects.toBeInstanceOf(InvalidInputError);
    await expect(reading).rejects.toMatchObject({
      code: "layer-diff-id",
      exit: 65,
      text: {
        fr: expect.stringContaining(`couche 2 (${values[1]?.digest}) : l'empreinte`),
        en: expect.stringContaining(`layer 2 (${values[1]?.digest}): the layer's diffID`),
      },
    });
  });

  test("a download that fails, before or under way", async () => {
    const failure = new UnavailableError("network", { fr: "coupure", en: "cut" });
    const failing: LayerBytes[] = [
      { in: "stream", open: () => Promise.reject(failure) },
      { in: "stream", open: async () => cut() },
    ];
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield LARGE[1]?.blob.subarray(0, 1_000_000) ?? new Uint8Array();
      throw failure;
    }
    for (const bytes of failing) {
      const sources = LARGE.map((value, index) =>
        layerSource(value, index === 1 ? bytes : downloadOf(value)),
      );
      await expect(readLayers(sources, OPTIONS)).rejects.toMatchObject({ code: "network", exit: 69 });
    }
  });

  test("a file that cannot be read", async () => {
    const sources = LARGE.map((value) =>
      layerSource(value, { in: "file", fd: 999_999, offset: 0, size: value.blob.length }),
    );
    await expect(readLayers(sources, OPTIONS)).rejects.toMatchObject({ code: "layer-read", exit: 69 });
  });

  test("a file that has become shorter", async () => {
    const [value = layerOf([])] = SMALL;
    const short = { ...value, blob: value.blob.subarray(0, 20) };
    const longer = layerSource(value, {
      ...inFile(short),
      offset: 20,
      size: value.blob.length,
    } as LayerBytes);
    await expect(readLayers([longer], OPTIONS)).rejects.toMatchObject({ code: "layer-size" });
  });
});

describe("an abort", () => {
  test("before the start, and while layers are read, ends the reading with its reason", async () => {
    const reason = new Error("enough");
    await expect(readLayers([], { ...OPTIONS, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    for (const values of [LARGE, SMALL]) await expectToStop(values, reason);
  });

  async function expectToStop(values: readonly LayerValue[], reason: Error): Promise<void> {
    const controller = new AbortController();
    const stalled: LayerBytes = { in: "stream", open: async () => stall() };
    async function* stall(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      controller.abort(reason);
      await sleep(50);
      yield new Uint8Array(10);
    }
    const sources = values.map((value) => layerSource(value, stalled));
    await expect(readLayers(sources, { ...OPTIONS, signal: controller.signal })).rejects.toBe(reason);
  }
});

test("threads are told of once they have started, and there are none for little", async () => {
  for (const [values, expected] of [
    [LARGE, true],
    [SMALL, false],
  ] as const) {
    let told = false;
    await readLayers(
      values.map((value) => layerSource(value, inFile(value))),
      { ...OPTIONS, onThreads: () => (told = true) },
    );
    expect(told).toBe(expected);
  }
});

test("progress counts compressed bytes", async () => {
  const seen: number[] = [];
  const total = LARGE.reduce((sum, { blob }) => sum + blob.length, 0);
  const slowly: LayerBytes = {
    in: "stream",
    async open() {
      await sleep(250);
      return pieces(LARGE[2]?.blob ?? new Uint8Array());
    },
  };
  await readLayers(
    LARGE.map((value, index) => layerSource(value, index === 2 ? slowly : inFile(value))),
    {
      ...OPTIONS,
      onProgress(progress) {
        expect(progress.total).toBe(total);
        seen.push(progress.read);
      },
    },
  );
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.every((read) => read <= total)).toBe(true);
});

describe("the cache", () => {
  const withCache = (directory: string) => ({ ...OPTIONS, cache: { directory, douane: "1.0.0" } });

  test("serves the second run: no layer is opened, the facts are the same", async () => {
    const directory = join(folder, "cache");
    const first = await readLayers(
      LARGE.map((value) => layerSource(value, inFile(value))),
      withCache(directory),
    );
    const unreadable: LayerBytes = { in: "stream", open: () => Promise.reject(new Error("opened")) };
    const second = await readLayers(
      LARGE.map((value) => layerSource(value, unreadable)),
      withCache(directory),
    );
    expect(second).toEqual(first);
    expect(second.cacheProblem).toBeUndefined();
  });

  test("is shared by runs at the same time", async () => {
    const directory = join(folder, "shared");
    const sources = SMALL.map((value) => layerSource(value, inFile(value)));
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => readLayers(sources, withCache(directory))),
    );
    for (const run of runs) expect(run).toEqual(runs[0]);
    const [version = ""] = readdirSync(layersFolder(directory)).filter((name) => name !== "pruned");
    expect(readdirSync(join(layersFolder(directory), version))).toHaveLength(SMALL.length);
  });

  test("that cannot be written is reported, once, beside the facts", async () => {
    const directory = join(folder, "no-folder");
    writeFileSync(directory, "");
    const read = await readLayers(
      SMALL.map((value) => layerSource(value, inFile(value))),
      withCache(directory),
    );
    expect(read.layers).toHaveLength(2);
    expect(read.cacheProblem).toContain(directory);
  });
});

test("what comes from the cache counts towards the image's bounds", async () => {
  const cache = { directory: join(folder, "bounds"), douane: "1.0.0" };
  const store = new LayerCache(new CacheFolder(cache.directory, cacheVersion(cache.douane, SELECTORS)));
  const sources = SMALL.map((value) => layerSource(value, inFile(value)));
  const unpackedBytes = LIMITS.unpackedBytesPerImage / 2 + 1;
  for (const source of sources)
    store.store(source, formatFacts({ ...unreadLayer(source.diffId), unpackedBytes }));
  await readLayers(sources.slice(0, 1), { ...OPTIONS, cache });
  await expect(readLayers(sources, { ...OPTIONS, cache })).rejects.toMatchObject({
    code: "image-unpacked-limit",
  });
});
