import { expect, test } from "vitest";
import { rpmHeader } from "../../../../test/fixtures/rpm/database.ts";
import { RpmHeader, TAG } from "./header.ts";

const VALUES = {
  [TAG.name]: "bash",
  [TAG.epoch]: 7,
  [TAG.directoryIndexes]: [0, 1, 2],
  [TAG.baseNames]: ["a", "", "c"],
};
/** Entries of 16 bytes follow the two counts, in the order of their tags. */
const entry = (index: number) => 8 + 16 * index;

const changed = (at: number, value: number) => {
  const bytes = Buffer.from(rpmHeader(VALUES));
  bytes.writeUInt32BE(value, at);
  return new RpmHeader(bytes);
};

test("texts and numbers by their tags, and nothing of a tag that is of another type or absent", () => {
  const header = new RpmHeader(rpmHeader(VALUES));
  expect([header.text(TAG.name), header.text(TAG.baseNames), header.text(TAG.epoch)]).toEqual([
    "bash",
    "a",
    undefined,
  ]);
  expect([header.number(TAG.epoch), header.number(TAG.name), header.number(TAG.vendor)]).toEqual([
    7,
    undefined,
    undefined,
  ]);
  expect([...header.texts(TAG.baseNames)]).toEqual(["a", "", "c"]);
  expect([[...header.texts(TAG.name)], [...header.texts(TAG.vendor)]]).toEqual([[], []]);
  expect([0, 1, 2].map((index) => header.numberAt(TAG.directoryIndexes, index))).toEqual([0, 1, 2]);
  expect(header.text(TAG.vendor)).toBeUndefined();
});

test("a text of several languages is the first", () => {
  expect(changed(entry(0) + 4, 9).text(TAG.name)).toBe("bash");
});

test.each<[string, () => unknown, string]>([
  ["a text behind the store", () => changed(entry(0) + 8, 1_000).text(TAG.name), "a text beyond"],
  ["a text far behind it", () => changed(entry(0) + 8, 0xffff_ffff).text(TAG.name), "a text beyond"],
  [
    "texts behind the store",
    () => [...changed(entry(3) + 8, 1_000).texts(TAG.baseNames)],
    "texts beyond the header",
  ],
  ["more texts than there are", () => [...changed(entry(3) + 12, 4).texts(TAG.baseNames)], "texts beyond"],
  ["a number behind the store", () => changed(entry(1) + 8, 1_000).number(TAG.epoch), "out of range"],
  ["a number behind the last", () => changed(0, 4).numberAt(TAG.directoryIndexes, 3), "not there"],
  ["a number of a text", () => changed(0, 4).numberAt(TAG.name, 0), "not there"],
  ["a store of another length", () => changed(4, 7), "another length"],
  ["another number of entries", () => changed(0, 3), "another length"],
])("%s is damage", (_, read, why) => {
  expect(read).toThrow(why);
});
