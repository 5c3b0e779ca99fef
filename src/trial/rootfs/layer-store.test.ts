import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { LayerStore } from "./layer-store.ts";

let store: LayerStore;
beforeEach(async () => {
  store = new LayerStore(temporaryDirectory());
  await store.open();
});

const NO_ENTRIES = { paths: [], kinds: [], kindOf: [], sizes: [], links: [], capabilities: [] };
const digest = (digit: number): Digest => `sha256:${String(digit).repeat(64)}`;

async function add(digit: number, unpackedBytes: number, idleMs = 0): Promise<string> {
  const { directory } = await store.add(digest(digit), (into) => {
    mkdirSync(join(into, "fs"));
    return Promise.resolve({ entries: NO_ENTRIES, notes: [], lowerLinks: [], unpackedBytes });
  });
  const used = new Date(Date.now() - idleMs);
  utimesSync(join(directory, "../layer.json"), used, used);
  return directory;
}

test("what was kept is found, and nothing else", async () => {
  const directory = await add(1, 5);
  expect(await store.find(digest(1))).toEqual({
    directory,
    entries: NO_ENTRIES,
    notes: [],
    lowerLinks: [],
    unpackedBytes: 5,
  });
  expect(await store.find(digest(2))).toBeUndefined();
});

test("what fails while it is made leaves nothing", async () => {
  await expect(store.add(digest(1), () => Promise.reject(new Error("full")))).rejects.toThrow("full");
  expect([await store.find(digest(1)), readdirSync(join(store.base, "new"))]).toEqual([undefined, []]);
});

test("the longest unused go first, until the rest fits; none that may be in use", async () => {
  const half = LIMITS.unpackedBytesKept * 0.6;
  const day = 24 * 60 * 60 * 1_000;
  const [fresh, oldest, old] = [await add(1, half), await add(2, half, 2 * day), await add(3, half, day)];
  await store.prune();
  expect([fresh, oldest, old].map((path) => existsSync(path))).toEqual([true, false, false]);
  await add(4, half);
  await add(5, half);
  await store.prune();
  expect(existsSync(fresh)).toBe(true);
  expect(readdirSync(join(store.base, "new"))).toEqual([]);
});

test("a directory that others may change is not trusted", async () => {
  chmodSync(store.base, 0o777);
  await expect(store.open()).rejects.toMatchObject({ code: "unpack-foreign-directory" });
  chmodSync(store.base, 0o700);
  await store.open();
  if (process.geteuid?.() !== 0) return;
  chownSync(store.base, 1_000, 1_000);
  await expect(store.open()).rejects.toMatchObject({ code: "unpack-foreign-directory" });
});

test.runIf(process.geteuid?.() === 0)("nor is one that others may replace", async () => {
  const above = temporaryDirectory();
  const inside = join(above, "cache");
  mkdirSync(inside);
  const open = async (): Promise<void> => new LayerStore(inside).open();
  chmodSync(above, 0o777);
  await expect(open()).rejects.toMatchObject({ code: "unpack-foreign-directory" });
  chmodSync(above, 0o1777);
  await open();
  chmodSync(above, 0o755);
  chownSync(above, 1_000, 1_000);
  await expect(open()).rejects.toMatchObject({ code: "unpack-foreign-directory" });
});

test("using a layer keeps it", async () => {
  const day = 24 * 60 * 60 * 1_000;
  const directory = await add(1, 2 * LIMITS.unpackedBytesKept, day);
  await store.find(digest(1));
  await store.prune();
  expect(existsSync(directory)).toBe(true);
});

test("what a killed run has left is swept away, what another is making is not", async () => {
  const left = await store.scratch();
  writeFileSync(join(left, "half"), "");
  await store.open();
  expect(existsSync(left)).toBe(true);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + LIMITS.unpackedUnusedMs + 60_000 });
  try {
    await store.open();
  } finally {
    vi.useRealTimers();
  }
  expect(existsSync(left)).toBe(false);
});
