import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import { AuditDataSearch } from "./audit-data.ts";

const CRATES = [
  { name: "cc", version: "1.2.30", source: "crates.io", kind: "build" },
  { name: "serde", version: "1.0.219", source: "crates.io", dependencies: [0] },
  { name: "portal", version: "0.3.1", source: "local", root: true },
];
const PACKAGES = [
  { type: "cargo", name: "serde", version: "1.0.219" },
  { type: "cargo", name: "portal", version: "0.3.1" },
];

function found(program: Uint8Array, pieceBytes = program.length) {
  const search = new AuditDataSearch();
  for (let at = 0; at < program.length; at += pieceBytes) search.push(program.subarray(at, at + pieceBytes));
  return search.end();
}

const listOf = (value: unknown, level = 7) => deflateSync(JSON.stringify(value), { level });
const LIST = listOf({ packages: CRATES, format: 1 });
const CODE = Buffer.from("\x7fELF x\x9c x\x01\x00 x\xda\x05 and code".repeat(500), "latin1");

describe("the crates of a Rust program", () => {
  test.each([1, 13, 700, 100_000])(
    "are found in pieces of %i bytes; what ran while it was built is none",
    (piece) => {
      expect(found(Buffer.concat([CODE, LIST, CODE]), piece)).toEqual({
        packages: PACKAGES,
        isUnread: false,
      });
      expect(found(Buffer.concat([CODE, LIST]), piece)).toEqual({ packages: PACKAGES, isUnread: false });
    },
  );

  test("are found whatever the way of deflating, and however many there are", () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({
      name: `crate-${at * 7_919}`,
      version: `${at}.0.0`,
    }));
    for (const level of [0, 1, 6, 9]) {
      const list = listOf({ packages: many }, level);
      expect(found(Buffer.concat([CODE, list, CODE]), 30_000)?.packages).toHaveLength(5_000);
    }
  });

  test("are not there in a program without them", () => {
    expect(found(CODE)).toBeUndefined();
    expect(found(Buffer.from("x"))).toBeUndefined();
    expect(found(Buffer.concat([CODE, listOf({ other: [] })]))).toBeUndefined();
  });

  test("of a list that breaks off, or is none, are said not to be read", () => {
    const unread = { packages: [], isUnread: true };
    expect(found(Buffer.concat([CODE, LIST.subarray(0, -20)]))).toEqual(unread);
    expect(found(Buffer.concat([CODE, LIST.subarray(0, 100), CODE]))).toEqual(unread);
    expect(found(Buffer.concat([CODE, listOf({ packages: [{ name: "a" }] })]))).toEqual(unread);
    expect(found(deflateSync(`{"packages":[${" ".repeat(9 * 1024 ** 2)}]}`))).toEqual(unread);
  });

  test("of a program made of beginnings of lists are not looked for for ever: LIMITS.deflatedPlaces", () => {
    const beginnings = Buffer.alloc(3 * (LIMITS.deflatedPlaces + 10), "x\x9c\x03", "latin1");
    expect(found(Buffer.concat([LIST, beginnings]), 100_000)).toEqual({ packages: PACKAGES, isUnread: true });
  });

  test("with a bit of their list turned are as many, or said not to be read, or none at all", () => {
    fc.assert(
      fc.property(fc.nat(LIST.length - 1), fc.nat(7), (at, bit) => {
        const turned = Buffer.from(LIST);
        turned[at] = (turned[at] ?? 0) ^ (1 << bit);
        const audit = found(Buffer.concat([CODE, turned, CODE]), 1_000);
        // The last byte has unused bits; a flipped bit at the very beginning hides the list altogether.
        expect([undefined, 0, PACKAGES.length]).toContain(audit?.packages.length);
      }),
    );
  });
});
