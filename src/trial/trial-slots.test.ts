import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { TrialSlots } from "./trial-slots.ts";

/** Trials that end on request. */
function started(cores: number) {
  const slots = new TrialSlots({ cores, memoryBytes: 1_000, isolates: true });
  const begun: string[] = [];
  const trials = new Map<string, { end: () => void; fail: () => void; idle: (idle: boolean) => void }>();
  const apart: string[] = [];
  function begin(name: string, leastBytes = 1): Promise<void> {
    return slots.run({ leastBytes, apartBytes: 2 * leastBytes }, async ({ apart: isApart, onIdle }) => {
      begun.push(name);
      if (isApart) apart.push(name);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      trials.set(name, { end: resolve, fail: () => reject(new Error(name)), idle: onIdle });
      await promise;
    });
  }
  return { begin, begun, apart, trial: (name: string) => trials.get(name) };
}

test("as many run as there are cores; the others follow in their turn", async () => {
  const { begin, begun, trial } = started(2);
  const all = ["a", "b", "c", "d"].map((name) => begin(name));
  await setImmediate();
  expect(begun).toEqual(["a", "b"]);
  trial("b")?.end();
  await setImmediate();
  expect(begun).toEqual(["a", "b", "c"]);
  trial("a")?.end();
  trial("c")?.end();
  await setImmediate();
  trial("d")?.end();
  await Promise.all(all);
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("one that only waits makes room, until it goes on", async () => {
  const { begin, begun, trial } = started(1);
  const all = ["a", "b", "c"].map((name) => begin(name));
  await setImmediate();
  trial("a")?.idle(true);
  await setImmediate();
  expect(begun).toEqual(["a", "b"]);
  trial("a")?.idle(false);
  trial("b")?.end();
  await setImmediate();
  expect(begun).toEqual(["a", "b"]);
  trial("a")?.end();
  await setImmediate();
  trial("c")?.end();
  await Promise.all(all);
});

test("one that needs much memory is not overtaken for ever", async () => {
  const { begin, begun, trial } = started(3);
  const all = [begin("a", 600), begin("large", 600), begin("small", 1)];
  await setImmediate();
  expect(begun).toEqual(["a"]);
  trial("a")?.end();
  await setImmediate();
  expect(begun).toEqual(["a", "large", "small"]);
  trial("large")?.end();
  trial("small")?.end();
  await Promise.all(all);
});

test("one that fails makes room, and its error is its own", async () => {
  const { begin, begun, trial } = started(1);
  const [first, second] = [begin("a"), begin("b")];
  await setImmediate();
  trial("a")?.fail();
  await expect(first).rejects.toThrow("a");
  await setImmediate();
  expect(begun).toEqual(["a", "b"]);
  trial("b")?.end();
  await second;
});

test("a pod more runs where there is memory for it, and that memory is taken", async () => {
  const { begin, begun, apart, trial } = started(4);
  const all = [begin("large", 600), begin("a", 100), begin("b", 150), begin("c", 151)];
  await setImmediate();
  expect(begun).toEqual(["large", "a", "b"]);
  expect(apart).toEqual(["a"]);
  for (const name of ["large", "a", "b"]) trial(name)?.end();
  await setImmediate();
  expect(apart).toEqual(["a", "c"]);
  trial("c")?.end();
  await Promise.all(all);
});
