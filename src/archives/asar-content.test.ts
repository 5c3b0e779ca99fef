import { describe, expect, test } from "vitest";
import { asarOf, asarWith } from "../../test/fixtures/asar.ts";
import { openedFile } from "../../test/fixtures/opened-content.ts";
import { LIMITS } from "../contract/limits.ts";

const FILES = { "main.js": "start()", "config/.env": "A=b\n", "assets/long": "0123456789".repeat(9_000) };
const file = (offset: unknown, size: unknown) => ({ files: { a: { offset, size } } });

test.each([0, 1, 7, 64 * 1024])("an archive of Electron is opened, in pieces of %i bytes", (piece) => {
  expect(openedFile(asarOf(FILES), "/app/resources/app.asar", piece)).toEqual({
    contents: FILES,
    unread: {},
  });
});

test("under any name, without what lies beside it, links and empty files", () => {
  const header = {
    files: {
      a: { size: 2, offset: "0", integrity: { algorithm: "SHA256" } },
      again: { size: 2, offset: "0" },
      "b.node": { size: 9, unpacked: true },
      c: { link: "a" },
      d: { size: 0, offset: "2" },
      e: { files: { f: { size: 1, offset: "2", executable: true } } },
    },
  };
  expect(openedFile(asarWith(header, "abc\0\0"), "/app/data")).toEqual({
    contents: { again: "ab", "e/f": "c" },
    unread: {},
  });
});

describe("damaged is", () => {
  const deep = () => {
    let node: unknown = { offset: "0", size: 1 };
    for (let depth = 0; depth < 300; depth++) node = { files: { a: node } };
    return node;
  };

  test.each<[string, Buffer]>([
    ["a content that is cut", asarOf(FILES).subarray(0, -1)],
    ["a header that is cut", asarOf(FILES).subarray(0, 40)],
    ["a header that is no JSON", Buffer.concat([asarOf(FILES).subarray(0, 30), Buffer.alloc(400, "x")])],
    ["a content that no file claims", Buffer.concat([asarOf(FILES), Buffer.from("DB_PASSWORD=x")])],
    ["a gap", asarWith({ files: { a: { offset: "0", size: 1 }, b: { offset: "3", size: 1 } } }, "axxb")],
    [
      "a file within another",
      asarWith({ files: { a: { offset: "0", size: 3 }, b: { offset: "1", size: 1 } } }, "abc"),
    ],
    ["an offset that is no number", asarWith(file("-1", 1), "a")],
    ["an offset that is no text", asarWith(file(0, 1), "a")],
    ["a negative size", asarWith(file("0", -1), "a")],
    ["no size", asarWith(file("0", undefined), "a")],
    ["a list of files", asarWith({ files: [] }, "")],
    ["folders within one another without end", asarWith(deep(), "a")],
  ])("%s", (_, bytes) => {
    expect(openedFile(bytes).unread).toEqual({ "": "damaged" });
  });

  test("and a JSON longer than its header", () => {
    const bytes = asarOf(FILES);
    bytes.writeUInt32LE(10_000, 12);
    expect(openedFile(bytes).unread).toEqual({ "": "damaged" });
  });
});

test("a header beyond the bound is said", () => {
  const bytes = asarOf(FILES);
  bytes.writeUInt32LE(0x1000_0000, 4);
  expect(openedFile(bytes).unread).toEqual({ "": "too-much" });
});

test("trap: what begins with the same four bytes", () => {
  const bytes = Buffer.from("\x04\0\0\0\x10\0\0\0\x0c\0\0\0\x0a\0\0\0{'files': 1}", "latin1");
  expect(openedFile(bytes)).toEqual({ contents: { "": bytes.toString("latin1") }, unread: {} });
});

test("a header longer than LIMITS.packedIndexBytes is not read", () => {
  const sizes = Buffer.alloc(16);
  const length = LIMITS.packedIndexBytes + 1;
  for (const [index, value] of [4, length + 8, length + 4, length].entries())
    sizes.writeUInt32LE(value, 4 * index);
  expect(openedFile(Buffer.concat([sizes, Buffer.from('{"files":{}}')])).unread).toEqual({ "": "too-much" });
});
