import { existsSync, readFileSync } from "node:fs";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { archive, CONFIG, dockerFiles, file } from "../../test/fixtures/archive.ts";
import { openAndClose } from "../../test/fixtures/open.ts";
import { type TarEntry, writeTar } from "./tar/write.ts";

describe("hostile archives", () => {
  test.each([
    ["a text", Buffer.from("hello"), "not-an-archive"],
    ["nothing", Buffer.alloc(0), "not-an-archive"],
    ["zeros", Buffer.alloc(10_240), "not-an-archive"],
    ["a zip", Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(1_000)]), "not-an-archive"],
    ["gzip of a text", gzipSync("hello"), "not-an-archive"],
    ["gzip that is cut off", gzipSync(Buffer.from(CONFIG.bytes)).subarray(0, 40), "archive-corrupt"],
    [
      "zstd that is cut off",
      zstdCompressSync(Buffer.alloc(100_000, CONFIG.bytes)).subarray(0, 40),
      "archive-corrupt",
    ],
    ["a decompression bomb", gzipSync(Buffer.alloc(64 * 1024 ** 2)), "expansion-limit"],
  ])("%s", async (_, bytes, code) => {
    await expect(openAndClose(file("image.tar", bytes))).rejects.toMatchObject({ code, exit: 65 });
  });

  test("a tar that is cut off", async () => {
    const tar = readFileSync(archive(dockerFiles()));
    await expect(openAndClose(file("cut.tar", tar.subarray(0, 600)))).rejects.toMatchObject({
      code: "file-truncated",
    });
  });

  test("an entry that claims more bytes than the file has", async () => {
    const huge = writeTar([{ path: "a", content: "" }, ...tarOf(dockerFiles())]);
    // The size field of the first header, and its checksum: 11 octal digits.
    Buffer.from(huge.buffer, huge.byteOffset).write("77777777777", 124, "latin1");
    fixChecksum(huge);
    await expect(openAndClose(file("huge.tar", huge))).rejects.toMatchObject({ code: "file-truncated" });
  });

  test("more files than an image archive has", async () => {
    const entries = Array.from({ length: 10_002 }, (_, number): TarEntry => ({ path: `f${number}` }));
    await expect(openAndClose(file("many.tar", writeTar(entries)))).rejects.toMatchObject({
      code: "archive-entries",
      message: expect.stringContaining("archiveEntries"),
    });
  });

  test("headers without files cannot go on for ever", async () => {
    const global = Buffer.alloc(512);
    writeTar([{ path: "pax_global_header" }])
      .subarray(0, 512)
      .forEach((byte, at) => (global[at] = byte));
    global.write("g", 156, "latin1");
    fixChecksum(global);
    const tar = Buffer.concat(Array.from({ length: 40_002 }, () => global));
    await expect(openAndClose(file("global.tar", tar))).rejects.toMatchObject({ code: "archive-entries" });
  });

  function tarOf(files: Readonly<Record<string, unknown>>): TarEntry[] {
    return Object.entries(files).map(([path, value]) => ({ path, content: JSON.stringify(value) }));
  }

  function fixChecksum(tar: Uint8Array): void {
    const header = Buffer.from(tar.buffer, tar.byteOffset, 512);
    header.fill(" ", 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  }
});

test("a path below a file is not there", async () => {
  const path = file("secret.tar", Buffer.alloc(512));
  expect(existsSync(path)).toBe(true);
  await expect(openAndClose(`docker-archive:${path}/below`)).rejects.toMatchObject({
    code: "source-not-found",
    exit: 64,
  });
});
