import { createHash } from "node:crypto";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { writeTar } from "../../../src/image/tar/write.ts";
import { openedFile } from "../../../test/fixtures/opened-content.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";
import type { Target } from "../target.ts";

const CONTENT = Buffer.from("DB_PASSWORD=x\n".repeat(20));
const PATHS = ["/app/file", "/app/file.br", `/app/.git/objects/ab/${"c".repeat(38)}`] as const;

/** A file of an image that holds others: zip, gzip, zstd, brotli, tar, xz, git. */
export const packed: Target = {
  name: "packed",
  seeds: [
    zipOf([
      { name: "a.txt", content: CONTENT },
      { name: "b", content: "x", method: 0 },
      { name: "c", content: CONTENT, streamed: true },
    ]),
    zipOf([{ name: "a.jar", content: zipOf([{ name: "b", content: CONTENT }]) }], "#!/bin/sh\n"),
    gzipSync(CONTENT),
    gzipSync(writeTar([{ path: "a", content: CONTENT }])),
    Buffer.from(writeTar([{ path: "a.gz", content: gzipSync(CONTENT) }])),
    zstdCompressSync(CONTENT),
    brotliCompressSync(CONTENT),
    deflateSync(`blob ${CONTENT.length}\0${CONTENT.toString("latin1")}`),
    packOf([CONTENT, Buffer.from("x")]),
    // `printf abc | xz`
    Buffer.from(
      "/Td6WFoAAATm1rRGBMAHAyEBFgAAAAAAAAAAAOLzWwwBAAJhYmMAACd2JxpKCdgsAAEjA/CTJgcftvN9AQAAAAAEWVo=",
      "base64",
    ),
  ],
  run(input) {
    for (const path of PATHS) openedFile(input, path);
    openedFile(input, PATHS[0], 100);
  },
};

/** A pack of blobs (gitformat-pack), each less than 2048 bytes long. */
function packOf(blobs: readonly Buffer[]): Buffer {
  const head = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  head.writeUInt32BE(blobs.length, 8);
  const objects = blobs.flatMap((blob) => {
    const size = Buffer.from([0xb0 | (blob.length & 15), blob.length >> 4]);
    return [size, deflateSync(blob)];
  });
  const body = Buffer.concat([head, ...objects]);
  return Buffer.concat([body, createHash("sha1").update(body).digest()]);
}
