import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import { ALL } from "../analyzers/asked.ts";
import { WantedContent } from "../analyzers/wanted-content.ts";
import { unsealFacts } from "../cache/layer-entry.ts";
import type { SomeFacts } from "../facts/facts.ts";
import type { Done, LayerJob } from "./job.ts";
import { readInThreads } from "./pool.ts";

const THREADS = availableParallelism();

function threads(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
}

/** Downloads that take some time; `broken` ends too early. */
function jobs(image: string, count: number, broken = false): readonly LayerJob[] {
  return Array.from({ length: count }, (_, index) => {
    const { diffId, blob } = layerOf([{ path: `${image}/${index}` }], "none");
    const size = broken ? blob.length + 1 : blob.length;
    return {
      index,
      request: { diffId, size, asked: ALL },
      bytes: { kind: "stream", open: async () => slowly(blob) },
    };
  });
}

async function* slowly(blob: Uint8Array): AsyncGenerator<Uint8Array> {
  await sleep(20);
  yield blob;
}

async function read(image: string, broken = false, signal?: AbortSignal): Promise<readonly string[]> {
  const paths: string[] = [];
  const done: Done = (_, read) => {
    const { entries } = read instanceof Map ? unsealFacts(read) : (read as SomeFacts);
    paths.push(...(entries?.paths ?? []));
  };
  const wanted = new WantedContent([]);
  const settings = { wanted, budget: new ImageBudget(), ...(signal === undefined ? {} : { signal }) };
  await readInThreads(jobs(image, 6, broken), settings, done);
  return paths.filter((path) => path !== `/${image}`).toSorted();
}

test("images that are read at the same time share the threads of one, and all are read", async () => {
  let most = 0;
  const before = threads();
  const timer = setInterval(() => (most = Math.max(most, threads() - before)), 1);
  const images = ["a", "b", "c", "d"];
  const found = await Promise.all(images.map((image) => read(image)));
  clearInterval(timer);
  expect(found).toEqual(images.map((image) => [0, 1, 2, 3, 4, 5].map((index) => `/${image}/${index}`)));
  expect(most).toBeGreaterThan(0);
  // Ending and starting threads overlap.
  expect(most).toBeLessThanOrEqual(2 * THREADS);
});

test("one that fails gives its threads to the others", async () => {
  const outcomes = await Promise.allSettled([read("a", true), read("b"), read("c", true), read("d")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
  expect(await read("e")).toHaveLength(6);
});

test("an interruption ends those that wait for a thread, too", async () => {
  const controller = new AbortController();
  const reading = ["a", "b", "c", "d"].map((image) => read(image, false, controller.signal));
  controller.abort(new Error("interrupted"));
  const outcomes = await Promise.allSettled(reading);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ reason: { message: expect.stringContaining("interrupted") as string } });
  expect(await read("e")).toHaveLength(6);
});
