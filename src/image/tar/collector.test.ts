import { expect, test } from "vitest";
import { Collector } from "./collector.ts";

/** The memories in which stretches of this length were handed over, that came in two pieces each. */
function memoriesOf(lengths: readonly number[]): readonly ArrayBuffer[] {
  const memories: ArrayBuffer[] = [];
  const collector = new Collector();
  for (const [round, length] of lengths.entries()) {
    const sent = Buffer.alloc(length, round + 1);
    collector.collect(length, (bytes, at) => {
      expect(sent.equals(bytes.subarray(at, at + length))).toBe(true);
      memories.push(bytes.buffer as ArrayBuffer);
    });
    collector.push(sent.subarray(0, 10));
    collector.push(sent.subarray(10));
  }
  return memories;
}

test("memory is used again", () => {
  const [first, second] = memoriesOf([1_000, 2_000]);
  expect(second).toBe(first);
  expect(second?.detached).toBe(false);
});

test("memory of a large stretch is given back as soon as it was handed over", () => {
  const memories = memoriesOf([1_000, 1024 ** 2 + 1, 2 * 1024 ** 2, 1_000]);
  expect(memories.map(({ detached }) => detached)).toEqual([false, true, true, false]);
});
