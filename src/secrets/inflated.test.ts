import { deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { inflated, inflatedText } from "./inflated.ts";

/** A gzip member with all optional header fields, followed by a trailing byte. */
function named(packed: Buffer): Buffer {
  const header = Buffer.from([...packed.subarray(0, 3), 2 | 4 | 8 | 16, ...packed.subarray(4, 10)]);
  return Buffer.concat([header, Buffer.from("\x01\0xname\0comment\0cc"), packed.subarray(10), Buffer.of(7)]);
}

test.each([
  ["gzip", gzipSync("a"), "a"],
  ["gzip, and what stands behind it", Buffer.concat([gzipSync("a"), Buffer.of(7, 7)]), "a"],
  ["gzip with a name, a comment, a field and a checksum of its header", named(gzipSync("a")), "a"],
  ["zlib", deflateSync("a"), "a"],
  ["neither", Buffer.from("a"), "a"],
])("%s", (_, bytes, plain) => {
  expect(inflatedText(bytes).toString()).toBe(plain);
});

test("what is damaged, or a bomb, stays as it is", () => {
  const bomb = gzipSync(Buffer.alloc(2 * 1024 ** 2));
  const cut = gzipSync("a".repeat(99)).subarray(0, 15);
  expect([inflatedText(bomb), inflatedText(cut)]).toEqual([bomb, cut]);
  expect([inflated(bomb, 1_000), inflated(cut, 1_000)]).toEqual(["too-long", cut]);
});
