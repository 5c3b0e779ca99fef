import { expect, test } from "vitest";
import { ALL } from "../analyzers/asked.ts";
import type { LayerJob } from "./job.ts";
import { LayerQueue } from "./layer-queue.ts";

function job(index: number): LayerJob {
  return {
    index,
    request: { diffId: `sha256:${"0".repeat(64)}`, size: 0, asked: ALL },
    bytes: { kind: "file", fd: 0, offset: 0, size: 0 },
  };
}

test("threads that share a queue take each layer once, in its order", () => {
  const ours = new LayerQueue([job(2), job(0), job(1)]);
  // A thread receives a clone that shares only the SharedArrayBuffer.
  const theirs = new LayerQueue(structuredClone(ours.jobs), ours.taken);
  expect(ours.isEmpty).toBe(false);
  const taken = [ours.take(), theirs.take(), ours.take()].map((one) => one?.index);
  expect(taken).toEqual([2, 0, 1]);
  expect([ours.isEmpty, theirs.isEmpty, theirs.take(), ours.take()]).toEqual([
    true,
    true,
    undefined,
    undefined,
  ]);
});

test("from a queue that was cleared nobody takes any more", () => {
  const ours = new LayerQueue([job(0), job(1)]);
  const theirs = new LayerQueue(ours.jobs, ours.taken);
  ours.clear();
  expect([theirs.isEmpty, theirs.take(), ours.take()]).toEqual([true, undefined, undefined]);
});
