import { describe, expect, test } from "vitest";
import { isZeroBlock, parseHeader } from "./header.ts";
import { writeEntryHeader } from "./write.ts";

function header(change: (block: Buffer) => void = () => undefined): Buffer {
  const block = Buffer.from(writeEntryHeader({ path: "etc/passwd", uid: 7, gid: 8, mode: 0o4755 }, 10));
  change(block);
  return seal(block);
}

/** Writes the checksum that the block's bytes make. */
function seal(
  block: Buffer,
  sum = block.fill(" ", 148, 156).reduce((total, byte) => total + byte, 0),
): Buffer {
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

function codeOf(block: Buffer): unknown {
  try {
    return parseHeader(block);
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

test("a ustar header gives its fields", () => {
  expect(parseHeader(header())).toEqual({
    format: "ustar",
    name: "etc/passwd",
    flag: "0",
    mode: 0o4755,
    uid: 7,
    gid: 8,
    size: 10,
    mtime: 0,
    link: "",
    isNullDevice: false,
  });
});

test("a character device is a null one by its numbers, without ustar's magic always", () => {
  const device = (edit: (block: Buffer) => void) =>
    parseHeader(
      header((block) => {
        block.write("3", 156, "latin1");
        edit(block);
      }),
    ).isNullDevice;
  expect(device((block) => block.fill(0, 329, 345))).toBe(true);
  expect(device((block) => block.write("0000001", 329, "latin1"))).toBe(false);
  expect(device((block) => block.write("0000003", 337, "latin1"))).toBe(false);
  expect(device((block) => block.write("\0\0\0\0\0\0\0\0", 257, "latin1"))).toBe(true);
});

test("the name is joined to ustar's prefix", () => {
  expect(parseHeader(header((block) => block.write("usr/share", 345))).name).toBe("usr/share/etc/passwd");
});

test("star's prefix ends before its times", () => {
  const block = header((bytes) => {
    bytes.write("usr/share", 345);
    bytes.write("tar\0", 508, "latin1");
  });
  expect(parseHeader(block).name).toBe("usr/share/etc/passwd");
});

describe("without ustar's magic the prefix means something else", () => {
  test.each([
    ["v7", "\0\0\0\0\0\0\0\0", "not/a/prefix", "etc/passwd"],
    ["gnu", "ustar  \0", "00000000000", "etc/passwd"],
    ["gnu", "ustar  \0", "prefix/by/go/before/1.8", "prefix/by/go/before/1.8/etc/passwd"],
  ])("%s", (format, magic, prefix, name) => {
    const block = header((bytes) => {
      bytes.write(magic, 257, "latin1");
      bytes.write(prefix, 345, "latin1");
    });
    expect(parseHeader(block)).toMatchObject({ format, name });
  });
});

describe("numbers", () => {
  test.each([
    ["octal, blanks around it", " 17 \0", 0o17],
    ["octal, garbage behind its end", "17\0zz", 0o17],
    ["empty", "\0\0\0\0\0\0\0\0\0\0\0\0", 0],
    ["base-256", "\x80\0\0\0\0\0\0\x02\0\0\0\0", 2 ** 33],
  ])("%s", (_, field, size) => {
    expect(parseHeader(header((block) => block.fill(0, 124, 136).write(field, 124, "latin1"))).size).toBe(
      size,
    );
  });

  test.each([
    ["negative base-256", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"],
    ["base-256 beyond 2^53", "\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff"],
    ["a sign", "-0000000001"],
    ["not octal", "0000000008z"],
  ])("%s is refused", (_, field) => {
    expect(codeOf(header((block) => block.write(field, 124, "latin1")))).toBe("tar-number");
  });
});

describe("the checksum", () => {
  test("counts bytes above 127 as signed in old archives", () => {
    const block = header((bytes) => bytes.write("é", 0, "latin1"));
    const sum = block
      .fill(" ", 148, 156)
      .reduce((total, byte) => total + (byte > 127 ? byte - 256 : byte), 0);
    expect(parseHeader(seal(block, sum)).size).toBe(10);
  });

  test("that does not match is refused", () => {
    const block = header();
    block[0] = 0x78;
    expect(codeOf(block)).toBe("tar-checksum");
  });
});

test("only a block of zeros is a zero block", () => {
  expect(isZeroBlock(new Uint8Array(512))).toBe(true);
  expect(isZeroBlock(header())).toBe(false);
});
