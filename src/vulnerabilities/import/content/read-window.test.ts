import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../../../../test/fixtures/temporary-directory.ts";
import { ReadWindow } from "./read-window.ts";
import { read } from "./zip-directory.ts";

function opened(bytes: Buffer): { readonly descriptor: number; readonly window: ReadWindow } {
  const path = join(temporaryDirectory(), "a");
  writeFileSync(path, bytes);
  const descriptor = openSync(path, "r");
  onTestFinished(() => closeSync(descriptor));
  return { descriptor, window: new ReadWindow(descriptor, bytes.length, "a.zip") };
}

const MIB = 1024 ** 2;
const LARGE = Buffer.alloc(10 * MIB, Buffer.from(Array.from({ length: 251 }, (_, at) => at)));

test.each([
  [0, 10],
  [4 * MIB - 5, 10],
  [4 * MIB, 1],
  [0, 5 * MIB],
  [5 * MIB, 5 * MIB],
  [10 * MIB - 1, 1],
  [3, 0],
])("bytes from %i, %i of them, are the file's, whatever was read before", (offset, length) => {
  const { window } = opened(LARGE);
  for (const before of [0, 6 * MIB, 2 * MIB]) {
    window.at(before, 100);
    expect(window.at(offset, length).equals(LARGE.subarray(offset, offset + length))).toBe(true);
  }
});

test("bytes beyond the end are a damage", () => {
  const { window, descriptor } = opened(Buffer.from("0123456789"));
  expect(window.at(2, 8).toString()).toBe("23456789");
  expect(() => window.at(5, 6)).toThrow("EOF");
  expect(read(descriptor, 3, 2, "a.zip").toString()).toBe("34");
  expect(() => read(descriptor, 9, 2, "a.zip")).toThrow("EOF");
});
