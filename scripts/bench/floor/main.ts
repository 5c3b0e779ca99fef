// The floor: the cost of reading and verifying an image's layers, and nothing else. Started as `node
// floor.cjs LAYERS.json`; prints the digests. Each core has a thread, including the main one; each thread
// takes the largest remaining layer.

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { digestLayer, type FloorDigests, type FloorLayer } from "./digest-layer.ts";

interface Work {
  readonly layers: readonly FloorLayer[];
  /** Index of the next layer to take, shared. */
  readonly next: Int32Array;
}

type Results = readonly (readonly [index: number, digests: FloorDigests])[];

if (isMainThread) {
  const layers = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as readonly FloorLayer[];
  void digestLayers(layers).then((results) =>
    process.stdout.write(JSON.stringify(results.map(([, digests]) => digests))),
  );
} else {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort?.postMessage(takeLayers(workerData as Work));
}

async function digestLayers(layers: readonly FloorLayer[]): Promise<Results> {
  const work: Work = { layers, next: new Int32Array(new SharedArrayBuffer(4)) };
  const others = Array.from({ length: Math.min(availableParallelism(), layers.length) - 1 }, () =>
    start(work),
  );
  const own = takeLayers(work);
  const results = [own, ...(await Promise.all(others))].flat();
  return results.sort(([a], [b]) => a - b);
}

function start(work: Work): Promise<Results> {
  const worker = new Worker(new URL(import.meta.url), { workerData: work });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

function takeLayers({ layers, next }: Work): Results {
  const order = [...layers.keys()].sort((a, b) => (layers[b]?.size ?? 0) - (layers[a]?.size ?? 0));
  const results: [number, FloorDigests][] = [];
  for (;;) {
    const index = order[Atomics.add(next, 0, 1)];
    const layer = index === undefined ? undefined : layers[index];
    if (index === undefined || layer === undefined) return results;
    results.push([index, digestLayer(layer)]);
  }
}
