import { describe, expect, test } from "vitest";
import { decision } from "../../../test/fixtures/decisions.ts";
import { newEntry } from "./entry.ts";
import { digestOf, GENESIS, hashOf } from "./hash-chain.ts";
import { type StoredEntry, verifyChain } from "./verify-chain.ts";

/** Chain of these UIDs, whose hashes are right. */
function chain(uids: readonly string[]): StoredEntry[] {
  let previous = GENESIS;
  return uids.map((uid, index) => {
    const entry = newEntry({ kind: "decision", at: decision().at, decision: decision({ uid }) }, "0.1.0");
    const sequence = index + 1;
    const hash = hashOf({ sequence, previous, digest: digestOf(entry.entry) });
    const stored = { ...entry, sequence, previous, hash };
    previous = hash;
    return stored;
  });
}

async function* each(entries: readonly StoredEntry[]): AsyncGenerator<StoredEntry> {
  yield* entries;
}

const UIDS = ["a", "b", "c", "d", "e"];
const whole = chain(UIDS);
const headOf = (entries: readonly StoredEntry[]) => {
  const { sequence, hash } = entries.at(-1) as StoredEntry;
  return { sequence, hash };
};

const without = (...sequences: readonly number[]) =>
  whole.filter(({ sequence }) => !sequences.includes(sequence));
const changed = (sequence: number, change: (entry: StoredEntry) => Partial<StoredEntry>) =>
  whole.map((entry) => (entry.sequence === sequence ? { ...entry, ...change(entry) } : entry));
/** The entry with the hash that belongs to its content now. */
const rehashed = (entry: StoredEntry): StoredEntry => ({
  ...entry,
  hash: hashOf({ ...entry, digest: digestOf(entry.entry) }),
});
const other = (text: string) => text.replace('"refused"', '"admitted"');

test("the hash of an entry is what its documentation says, computed by hand", () => {
  const [first] = whole as [StoredEntry];
  const digest = digestOf(first.entry);
  expect(first.hash).toBe(digestOf(`{"digest":"${digest}","previous":"${"0".repeat(64)}","sequence":1}`));
  expect(digestOf("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

describe("a chain that is whole", () => {
  test.each<[string, StoredEntry[], ReturnType<typeof headOf>[]]>([
    ["without a head", whole, []],
    ["with the head of its end", whole, [headOf(whole)]],
    ["with an older head", whole, [headOf(whole.slice(0, 2))]],
    ["with two heads", whole, [headOf(whole.slice(0, 2)), headOf(whole)]],
    ["empty", [], []],
    ["empty, with the head of an empty log", [], [{ sequence: 0, hash: GENESIS }]],
  ])("%s has no damage", async (_, entries, heads) => {
    const state = await verifyChain(each(entries), heads);
    expect(state).toMatchObject({ damage: [], damages: 0, entries: entries.length });
  });
});

describe("tampering", () => {
  test.each<[string, StoredEntry[], ReturnType<typeof headOf>[], object[]]>([
    [
      "a changed entry",
      changed(3, ({ entry }) => ({ entry: other(entry) })),
      [],
      [{ kind: "altered", from: 3, to: 3 }],
    ],
    [
      "a changed entry with a hash that was made for it",
      whole.map((entry) =>
        entry.sequence === 3 ? rehashed({ ...entry, entry: other(entry.entry) }) : entry,
      ),
      [],
      [{ kind: "unlinked", from: 4, to: 4 }],
    ],
    ["a deleted entry", without(3), [], [{ kind: "missing", from: 3, to: 3 }]],
    ["deleted entries at the beginning", without(1, 2), [], [{ kind: "missing", from: 1, to: 2 }]],
    [
      "a deleted entry whose followers were numbered anew",
      without(3).map((entry, index) => ({ ...entry, sequence: index + 1 })),
      [],
      [
        { kind: "altered", from: 3, to: 3 },
        { kind: "altered", from: 4, to: 4 },
      ],
    ],
    [
      "an inserted entry",
      [...whole.slice(0, 3), { ...(whole[2] as StoredEntry), entry: "{}" }, ...whole.slice(3)].map(
        (entry, index) => ({ ...entry, sequence: index + 1 }),
      ),
      [],
      [4, 5, 6].map((at) => ({ kind: "altered", from: at, to: at })),
    ],
    [
      "an entry appended with a hash of its own, after nothing",
      [...whole, rehashed({ ...(whole[4] as StoredEntry), sequence: 6, previous: GENESIS })],
      [],
      [{ kind: "unlinked", from: 6, to: 6 }],
    ],
    [
      "two entries whose contents were exchanged",
      whole.map((entry) => {
        const swapped = { 2: 3, 3: 2 }[entry.sequence];
        return swapped === undefined ? entry : { ...entry, entry: whole[swapped - 1]?.entry ?? "" };
      }),
      [],
      [2, 3].map((at) => ({ kind: "altered", from: at, to: at })),
    ],
    [
      "two entries whose places were exchanged",
      [0, 2, 1, 3, 4].map((from, index) => ({ ...(whole[from] as StoredEntry), sequence: index + 1 })),
      [],
      [
        { kind: "altered", from: 2, to: 2 },
        { kind: "altered", from: 3, to: 3 },
        { kind: "unlinked", from: 4, to: 4 },
      ],
    ],
    ["an end that was cut off", without(4, 5), [headOf(whole)], [{ kind: "cut", from: 4, to: 5 }]],
    ["a log that was emptied", [], [headOf(whole)], [{ kind: "cut", from: 1, to: 5 }]],
    [
      "a chain that was made anew",
      chain(["a", "b", "x", "d", "e"]),
      [headOf(whole.slice(0, 4))],
      [{ kind: "rewritten", from: 1, to: 4 }],
    ],
    [
      "a head that another point contradicts",
      whole,
      [headOf(whole), { sequence: 2, hash: "f".repeat(64) }],
      [{ kind: "rewritten", from: 1, to: 2 }],
    ],
    [
      "a namespace by which the entry would not be found",
      changed(2, () => ({ namespace: "other" })),
      [],
      [{ kind: "indexed", from: 2, to: 2 }],
    ],
    [
      "a time by which the entry would not be found",
      changed(2, () => ({ at: "2020-01-01T00:00:00.000Z" })),
      [],
      [{ kind: "indexed", from: 2, to: 2 }],
    ],
    [
      "an entry numbered below the first",
      [{ ...(whole[0] as StoredEntry), sequence: 0 }, ...whole],
      [],
      [
        { kind: "altered", from: 0, to: 0 },
        { kind: "unlinked", from: 1, to: 1 },
      ],
    ],
  ])("%s is found", async (_, entries, heads, damage) => {
    expect((await verifyChain(each(entries), heads)).damage).toEqual(damage);
  });

  test("an end that was cut off is not found without a head, which is why heads go elsewhere", async () => {
    expect((await verifyChain(each(without(4, 5)))).damage).toEqual([]);
  });

  test("damages beyond the list are counted", async () => {
    const uids = Array.from({ length: 60 }, (_, index) => String(index));
    const entries = chain(uids).map((entry) => ({ ...entry, hash: "0".repeat(64) }));
    const state = await verifyChain(each(entries));
    expect([state.damage.length, state.damages]).toEqual([20, 60]);
  });
});

test("an entry of a later form is verified by its hash", async () => {
  const entry = '{"kind":"exception","schema":"douane/audit-entry/v9"}';
  const link = { sequence: 1, previous: GENESIS, digest: digestOf(entry) };
  const stored = { ...link, hash: hashOf(link), at: "x", namespace: "y", entry };
  expect((await verifyChain(each([stored]))).damage).toEqual([]);
});

test.each(["{", '{"b":1,"a":2}', "[".repeat(100_000)])("the entry %.20s is damage", async (entry) => {
  const link = { sequence: 1, previous: GENESIS, digest: digestOf(entry) };
  const stored = { ...link, hash: hashOf(link), at: "x", namespace: "y", entry };
  expect((await verifyChain(each([stored]))).damage).toEqual([{ kind: "indexed", from: 1, to: 1 }]);
});
