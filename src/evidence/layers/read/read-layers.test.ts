import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { digestOfBytes, type LayerValue, layerOf } from "../../../../test/fixtures/image/layer.ts";
import { downloadOf, layerSource, pieces } from "../../../../test/fixtures/layer-sources.ts";
import { readLayersOnce } from "../../../../test/fixtures/read-layers.ts";
import { InvalidInputError, UnavailableError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { LayerBytes, LayerSource } from "../../../image/source/open-image.ts";
import { CacheFolder, layersFolder } from "../cache/cache-folder.ts";
import { FactsCache } from "../cache/facts-cache.ts";
import { sealFacts } from "../cache/layer-entry.ts";
import { type LayerFacts, UNREAD_LAYER } from "../facts/facts.ts";
import { JUDGED, RunSelectors } from "../known/run-selectors.ts";
import type { ReadOptions } from "./read-layers.ts";

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
  return { kind: "file", fd, offset: "before".length, size: blob.length };
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
function read(sources: readonly LayerSource[], options?: ReadOptions, directory?: string) {
  return readLayersOnce(sources, SELECTORS, options, directory);
}

describe("layers give the same facts wherever they are and whoever reads them", () => {
  test.each([
    ["small, in files", SMALL, inFile],
    ["small, downloaded", SMALL, downloadOf],
    ["large, in files", LARGE, inFile],
    ["large, downloaded", LARGE, downloadOf],
  ])("%s", async (_, values, where) => {
    const { layers } = await read(values.map((value) => layerSource(value, where(value))));
    expect(layers.map(({ entries, files }) => [entries.unpackedBytes, files.contents[0]?.text])).toEqual(
      values.map(({ tar }, index) => [tar.length, `seed=${index + 1}`]),
    );
    expect(layers.map(({ entries }) => entries.paths.length)).toEqual(
      values.map(() => (values === LARGE ? 2 : 1)),
    );
  });

  test("a layer that stands twice in an image is read once", async () => {
    const [value = layerOf([])] = SMALL;
    const opened: string[] = [];
    const bytes = downloadOf(value, () => opened.push("once"));
    const { layers } = await read([layerSource(value, bytes), layerSource(value, bytes)]);
    expect([opened, layers[0] === layers[1]]).toEqual([["once"], true]);
  });

  test("one that cannot be read has no entries", async () => {
    const [value = layerOf([])] = SMALL;
    const { layers } = await read([layerSource(value, { kind: "unreadable", reason: { fr: "", en: "" } })]);
    expect(layers).toMatchObject([{ entries: { paths: [] } }]);
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
    const reading = read(changed.map((value) => layerSource(value, where(value))));
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
      { kind: "stream", open: () => Promise.reject(failure) },
      { kind: "stream", open: async () => cut() },
    ];
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield LARGE[1]?.blob.subarray(0, 1_000_000) ?? new Uint8Array();
      throw failure;
    }
    for (const bytes of failing) {
      const sources = LARGE.map((value, index) =>
        layerSource(value, index === 1 ? bytes : downloadOf(value)),
      );
      await expect(read(sources)).rejects.toMatchObject({ code: "network", exit: 69 });
    }
  });

  test("a file that cannot be read", async () => {
    const sources = LARGE.map((value) =>
      layerSource(value, { kind: "file", fd: 999_999, offset: 0, size: value.blob.length }),
    );
    await expect(read(sources)).rejects.toMatchObject({ code: "layer-read", exit: 69 });
  });

  test("a file that has become shorter", async () => {
    const [value = layerOf([])] = SMALL;
    const short = { ...value, blob: value.blob.subarray(0, 20) };
    const longer = layerSource(value, {
      ...inFile(short),
      offset: 20,
      size: value.blob.length,
    } as LayerBytes);
    await expect(read([longer])).rejects.toMatchObject({ code: "layer-size" });
  });
});

describe("an abort", () => {
  test("before the start, and while layers are read, ends the reading with its reason", async () => {
    const reason = new Error("enough");
    await expect(read([], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    for (const values of [LARGE, SMALL]) await expectToStop(values, reason);
  });

  async function expectToStop(values: readonly LayerValue[], reason: Error): Promise<void> {
    const controller = new AbortController();
    const stalled: LayerBytes = { kind: "stream", open: async () => stall() };
    async function* stall(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      controller.abort(reason);
      await sleep(50);
      yield new Uint8Array(10);
    }
    const sources = values.map((value) => layerSource(value, stalled));
    await expect(read(sources, { signal: controller.signal })).rejects.toBe(reason);
  }
});

test("reading is told of once its code is loaded, and that little is read without threads", async () => {
  for (const [values, expected] of [
    [LARGE, true],
    [SMALL, false],
  ] as const) {
    const told: boolean[] = [];
    await read(
      values.map((value) => layerSource(value, inFile(value))),
      { onReading: (inThreads) => told.push(inThreads) },
    );
    expect(new Set(told)).toEqual(new Set([expected]));
  }
});

test("progress counts compressed bytes", async () => {
  const seen: number[] = [];
  const total = LARGE.reduce((sum, { blob }) => sum + blob.length, 0);
  const slowly: LayerBytes = {
    kind: "stream",
    async open() {
      await sleep(250);
      return pieces(LARGE[2]?.blob ?? new Uint8Array());
    },
  };
  await read(
    LARGE.map((value, index) => layerSource(value, index === 2 ? slowly : inFile(value))),
    {
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
  test("serves the second run: no layer is opened, the facts are the same", async () => {
    const directory = join(folder, "cache");
    const first = await read(
      LARGE.map((value) => layerSource(value, inFile(value))),
      {},
      directory,
    );
    const unreadable: LayerBytes = { kind: "stream", open: () => Promise.reject(new Error("opened")) };
    const second = await read(
      LARGE.map((value) => layerSource(value, unreadable)),
      {},
      directory,
    );
    expect(second).toEqual(first);
    expect(second.cacheProblem).toBeUndefined();
  });

  test("is shared by runs at the same time", async () => {
    const directory = join(folder, "shared");
    const sources = SMALL.map((value) => layerSource(value, inFile(value)));
    const runs = await Promise.all(Array.from({ length: 8 }, () => read(sources, {}, directory)));
    for (const run of runs) expect(run).toEqual(runs[0]);
    const kinds = readdirSync(layersFolder(directory));
    expect(kinds).toHaveLength(JUDGED.length);
    for (const kind of kinds) {
      expect(readdirSync(join(layersFolder(directory), kind))).toHaveLength(SMALL.length);
    }
  });

  test("that cannot be written is reported, once, beside the facts", async () => {
    const directory = join(folder, "no-folder");
    writeFileSync(directory, "");
    const { layers, cacheProblem } = await read(
      SMALL.map((value) => layerSource(value, inFile(value))),
      {},
      directory,
    );
    expect(layers).toHaveLength(2);
    expect(cacheProblem?.fr).toContain(directory);
  });
});

test("what comes from the cache counts towards the image's bounds", async () => {
  const directory = join(folder, "bounds");
  const store = new FactsCache(new CacheFolder(directory));
  const sources = SMALL.map((value) => layerSource(value, inFile(value)));
  const { ids } = new RunSelectors(SELECTORS);
  const facts: LayerFacts = {
    ...UNREAD_LAYER,
    entries: { ...UNREAD_LAYER.entries, unpackedBytes: LIMITS.unpackedBytesPerImage / 2 + 1 },
    files: { ...UNREAD_LAYER.files, asked: ids },
  };
  for (const source of sources) store.store(source, sealFacts(source, facts));
  await read(sources.slice(0, 1), {}, directory);
  await expect(read(sources, {}, directory)).rejects.toMatchObject({ code: "image-unpacked-limit" });
});
