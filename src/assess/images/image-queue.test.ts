import { expect, test } from "vitest";
import { imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import type { ImageUser } from "../../evidence/named-images.ts";
import type { ImageJob } from "./image-jobs.ts";
import { ImageQueue } from "./image-queue.ts";

const EVIDENCE: ImageEvidence = {
  image: imageFacts({}),
  reference: referenceFacts(),
  origin: { by: "own-run", douane: "0.1.0" },
};

function job(name: string, users: readonly ImageUser[] = []): ImageJob {
  return { name, users, open: async () => Promise.reject(new Error("not opened here")) };
}

/** Images whose reading ends on request. */
function reading() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<ImageEvidence>>();
  return {
    begun,
    read: ({ name }: ImageJob): Promise<ImageEvidence> => {
      begun.push(name);
      const end = Promise.withResolvers<ImageEvidence>();
      ends.set(name, end);
      return end.promise;
    },
    end: (name: string) => ends.get(name)?.resolve(EVIDENCE),
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

const JOBS = ["a", "b", "c", "d", "e", "f"].map((name) => job(name));
const [A, B, , D] = JOBS as [ImageJob, ImageJob, ImageJob, ImageJob];

test("reads as many at a time as it may, and no further ahead of who needs them", async () => {
  const { begun, read, end } = reading();
  const queue = new ImageQueue(JOBS, read, { atATime: 2, ahead: 2 });
  expect(begun).toEqual([]);
  const first = queue.take(A);
  expect(begun).toEqual(["a", "b"]);
  end("b");
  await turns();
  expect(begun).toEqual(["a", "b", "c"]);
  end("c");
  end("a");
  expect(await first).toEqual({ status: "fulfilled", value: EVIDENCE });
  await turns();
  expect(begun).toEqual(["a", "b", "c"]);
  void queue.take(B);
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("one that cannot be read keeps no other back, and says why to everyone who asks", async () => {
  const { read, end, fail } = reading();
  const queue = new ImageQueue(JOBS, read, { atATime: 2, ahead: 0 });
  const [first, fourth] = [queue.take(A), queue.take(D)];
  fail("a");
  end("b");
  await turns();
  end("c");
  end("d");
  expect(await first).toMatchObject({ status: "rejected", reason: { message: "a" } });
  expect(await queue.take(A)).toMatchObject({ status: "rejected", reason: { message: "a" } });
  expect(await fourth).toMatchObject({ status: "fulfilled" });
});

test("what is known of an image is kept for every workload that names it, and no longer", async () => {
  const users = ["a", "b"].flatMap((name) => {
    const workload = workloadFacts({ facts: { name } });
    return placements(workload).map((placement) => ({ workload, placement }));
  });
  const shared = job("shared", users);
  const { begun, read, end } = reading();
  const queue = new ImageQueue([shared], read, { atATime: 1, ahead: 0 });
  const first = queue.take(shared);
  end("shared");
  await first;
  queue.release(shared);
  expect(await queue.take(shared)).toMatchObject({ status: "fulfilled" });
  queue.release(shared);
  await expect(queue.take(shared)).rejects.toThrow("shared");
  expect(begun).toEqual(["shared"]);
});

test("says once that every image has been read", async () => {
  const { read, end } = reading();
  let ended = 0;
  const queue = new ImageQueue(JOBS.slice(0, 2), read, { atATime: 2, ahead: 1, onEnd: () => void ended++ });
  const both = [A, B].map((one) => queue.take(one));
  end("a");
  await turns();
  expect(ended).toBe(0);
  end("b");
  await Promise.all(both);
  expect(ended).toBe(1);
});

test("closed, it begins nothing more, and waits for what is under way", async () => {
  const { begun, read, end } = reading();
  const queue = new ImageQueue(JOBS, read, { atATime: 2, ahead: 5 });
  void queue.take(A);
  let closed = false;
  const closing = queue.close().then(() => (closed = true));
  end("a");
  await turns();
  expect([begun, closed]).toEqual([["a", "b"], false]);
  end("b");
  await closing;
  expect(begun).toEqual(["a", "b"]);
});

test("each image is read with its number, and the last one though nothing follows it", async () => {
  const numbers: unknown[] = [];
  const read = async ({ name }: ImageJob, number: number) => {
    numbers.push([name, number]);
    return EVIDENCE;
  };
  const queue = new ImageQueue(JOBS.slice(0, 3), read, { atATime: 2, ahead: 4 });
  const [, , last] = JOBS as [ImageJob, ImageJob, ImageJob];
  expect(await queue.take(last)).toMatchObject({ status: "fulfilled" });
  expect(numbers).toEqual([
    ["a", 1],
    ["b", 2],
    ["c", 3],
  ]);
});
