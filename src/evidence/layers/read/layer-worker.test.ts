import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type LayerValue, layerOf } from "../../../../test/fixtures/image/layer.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import { ALL } from "../analyzers/asked.ts";
import { unsealFacts } from "../cache/layer-entry.ts";
import type { Done, DownloadJob } from "./job.ts";
import { LayerQueue } from "./layer-queue.ts";
import { LayerWorker } from "./layer-worker.ts";

const workers: LayerWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.close(new Error("test ended"));
});

function newWorker(done: Done = () => undefined): LayerWorker {
  const files = new LayerQueue([]);
  const worker = new LayerWorker({ selectors: [], budget: new ImageBudget().shared, files }, done);
  workers.push(worker);
  return worker;
}

/** Notes the paths of each layer, by its index. */
function notePaths(paths: Map<number, readonly string[]>): Done {
  return ({ index }, facts) => {
    if (facts instanceof Map) paths.set(index, unsealFacts(facts).entries?.paths ?? []);
  };
}

function download(
  index: number,
  { diffId, blob }: LayerValue,
  stream: AsyncIterable<Uint8Array> = slowly(blob),
  size = blob.length,
): DownloadJob {
  const bytes = { kind: "stream" as const, open: async () => stream };
  return { index, request: { diffId, size, asked: ALL }, bytes };
}

async function* slowly(blob: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.length; at += 1_000) {
    await sleep(1);
    yield blob.subarray(at, at + 1_000);
  }
}

test("one thread reads several downloads at a time, and goes on after one that fails", async () => {
  const paths = new Map<number, readonly string[]>();
  const worker = newWorker(notePaths(paths));
  const values = ["a", "b", "c"].map((path) => layerOf([{ path, content: path.repeat(9_000) }], "none"));
  const outcomes = await Promise.allSettled(
    values.map((value, index) =>
      worker.readDownload(download(index, value, slowly(value.blob), index === 1 ? 5 : value.blob.length)),
    ),
  );
  expect(outcomes).toMatchObject([
    { status: "fulfilled" },
    { reason: { code: "layer-size", text: { en: expect.stringContaining("layer 2 (") as string } } },
    { status: "fulfilled" },
  ]);
  expect(paths).toEqual(
    new Map([
      [0, ["/a"]],
      [2, ["/c"]],
    ]),
  );
});

test("what fails where the facts are taken fails the layer, not the program", async () => {
  const failure = new Error("cannot be taken");
  const worker = newWorker(() => {
    throw failure;
  });
  await expect(worker.readDownload(download(0, layerOf([{ path: "a" }])))).rejects.toBe(failure);
});

test("a download is not read faster than the thread takes it", async () => {
  const worker = newWorker();
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given++;
      yield new Uint8Array(256 * 1024);
    }
  }
  const reading = worker.readDownload(download(0, layerOf([]), endless(), 2 ** 40));
  const [outcome] = await Promise.allSettled([reading, worker.close(new Error("closed"))]);
  expect(outcome).toMatchObject({ reason: { message: "closed" } });
  expect(given).toBeLessThan(2_000);
});

test("what a thread that is gone was, or is, asked for is an error", async () => {
  const worker = newWorker();
  const value = layerOf([{ path: "a" }]);
  const reading = worker.readDownload(download(0, value));
  const [outcome, files] = await Promise.allSettled([
    reading,
    worker.readFiles(),
    worker.close(new Error("gone")),
  ]);
  for (const one of [outcome, files]) expect(one).toMatchObject({ reason: { message: "gone" } });
  await expect(worker.readDownload(download(1, value))).rejects.toThrow("gone");
});
