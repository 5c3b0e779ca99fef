import { describe, expect, test } from "vitest";
import { parsePax, paxName, paxNumber, paxTime } from "./pax.ts";
import { writePaxRecord } from "./write.ts";

test("values are bytes: NULs, line ends, equals signs and bytes ≥ 0x80 included", () => {
  const value = Uint8Array.of(1, 0, 0, 2, 0x0a, 0x3d, 0xff);
  const records = parsePax(
    Buffer.concat([
      writePaxRecord("SCHILY.xattr.security.capability", value),
      writePaxRecord("a", Buffer.from("b")),
    ]),
  );
  expect([...(records.get("SCHILY.xattr.security.capability") ?? [])]).toEqual([...value]);
  expect(Buffer.from(records.get("a") ?? []).toString()).toBe("b");
});

test("the length of a record counts its own digits", () => {
  for (const size of [1, 2, 3, 92, 93, 94, 95, 990, 991, 992]) {
    const record = writePaxRecord("k", new Uint8Array(size).fill(65));
    expect(parsePax(record).get("k")?.length).toBe(size);
  }
});

test("the last of equal keywords counts", () => {
  const records = parsePax(Buffer.from("8 uid=1\n8 uid=2\n"));
  expect(paxNumber(records, "uid")).toBe(2);
});

test("an empty value is none: the header's counts", () => {
  const records = parsePax(Buffer.from("8 path=\n7 uid=\n"));
  expect([paxName(records, "path"), paxNumber(records, "uid")]).toEqual([undefined, undefined]);
});

test.each([
  ["1350244992.5", 1_350_244_992.5],
  ["-1", -1],
  ["12.", 12],
  ["", undefined],
  ["1e9", undefined],
  ["9".repeat(41), undefined],
])("a time may have a fraction; what is none counts for nothing: %j", (text, time) => {
  expect(paxTime(parsePax(writePaxRecord("mtime", Buffer.from(text))), "mtime")).toBe(time);
});

describe("refused", () => {
  test.each([
    ["no length", "path=x\n"],
    ["a length beyond the records", "99 path=x\n"],
    ["a length of nothing", "0 path=x\n"],
    ["a huge length", "99999999999 path=x\n"],
    ["no line end", "9 path=x "],
    ["no equals sign", "7 path\n"],
    ["no keyword", "5 =x\n"],
    ["an equals sign in the next record only", "4 a\n7 b=c\n"],
  ])("%s", (_, records) => {
    expect(() => parsePax(Buffer.from(records))).toThrow(expect.objectContaining({ code: "tar-pax" }));
  });

  test("a name with a NUL, a number that is none", () => {
    const records = parsePax(Buffer.from("11 path=a\0\n11 size=-1\n9 uid=1x\n"));
    for (const read of [() => paxName(records, "path"), () => paxNumber(records, "size")]) {
      expect(read).toThrow(expect.objectContaining({ code: "tar-pax" }));
    }
    expect(() => paxNumber(records, "uid")).toThrow("uid=1x");
  });
});
