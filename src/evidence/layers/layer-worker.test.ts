import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { ImageBudget } from "../../image/layer/budget.ts";
import { type LayerValue, layerOf } from "../../image/mutate/layer.ts";
import { readFacts } from "./facts-bytes.ts";
import { LayerWorker } from "./layer-worker.ts";

const workers: LayerWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.close(new Error("test ended"));
});

function newWorker(): LayerWorker {
  const worker = new LayerWorker({ selectors: [], budget: new ImageBudget().shared });
  workers.push(worker);
  return worker;
}

function requestFor({ diffId, blob }: LayerValue) {
  return { diffId, size: blob.length, also: [] };
}

async function* slowly(blob: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.length; at += 1_000) {
    await sleep(1);
    yield blob.subarray(at, at + 1_000);
  }
}

test("one thread reads several downloads at a time, and goes on after one that fails", async () => {
  const worker = newWorker();
  const values = ["a", "b", "c"].map((path) => layerOf([{ path, content: path.repeat(9_000) }], "none"));
  const outcomes = await Promise.allSettled(
    values.map((value, index) => {
      const request = { ...requestFor(value), size: index === 1 ? 5 : value.blob.length };
      return worker.readStream(request, slowly(value.blob)).then((facts) => readFacts(facts).entries.paths);
    }),
  );
  expect(outcomes).toMatchObject([{ value: ["/a"] }, { reason: { code: "layer-size" } }, { value: ["/c"] }]);
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
  const reading = worker.readStream(
    { diffId: `sha256:${"0".repeat(64)}`, size: 2 ** 40, also: [] },
    endless(),
  );
  const [outcome] = await Promise.allSettled([reading, worker.close(new Error("closed"))]);
  expect(outcome).toMatchObject({ reason: { message: "closed" } });
  expect(given).toBeLessThan(2_000);
});

test("what a thread that is gone was, or is, asked for is an error", async () => {
  const worker = newWorker();
  const value = layerOf([{ path: "a" }]);
  const reading = worker.readStream(requestFor(value), slowly(value.blob));
  const [outcome] = await Promise.allSettled([reading, worker.close(new Error("gone"))]);
  expect(outcome).toMatchObject({ reason: { message: "gone" } });
  await expect(worker.readStream(requestFor(value), slowly(value.blob))).rejects.toThrow("gone");
});
