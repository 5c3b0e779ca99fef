import { randomBytes } from "node:crypto";
import { constants, createGzip, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hideZlibHandle } from "../../../test/fixtures/hidden-zlib-handle.ts";
import {
  digestOfBytes,
  type LayerValue,
  layerOf,
  layerOfBlob,
  layerOfTar,
} from "../../../test/fixtures/image/layer.ts";
import { LIMITS } from "../../contract/limits.ts";
import { newInflater, Unpacker } from "../inflate/decompress.ts";
import { ThreadedZlib } from "../inflate/threaded-zlib.ts";
import { closeIdle, ZlibHandle } from "../inflate/zlib-handle.ts";
import { writeTar } from "../tar/write.ts";
import { ImageBudget } from "./budget.ts";
import { LayerReader } from "./reader.ts";

const ENTRIES = [
  { path: "etc/", type: "directory" as const },
  { path: "etc/passwd", content: "root:x:0:0::/:/bin/sh\n".repeat(100) },
  { path: "empty", content: "" },
];
const TAR = writeTar(ENTRIES);
const HALF = 1_600;
/** Shortest prefix that identifies zstd. */
const ZSTD_MAGIC_BYTES = 4;

/** Paths and contents of the layer's files, pushed in chunks of a size. */
function read(layer: LayerValue, chunkSize = layer.blob.length || 1, budget = new ImageBudget()): string[] {
  const seen: string[] = [];
  const reader = new LayerReader({ ...layer, size: layer.blob.length }, budget, {
    member: ({ path, size }) => (seen.push(path), size),
    body: (_, bytes) => seen.push(Buffer.from(bytes).toString()),
  });
  try {
    // Chunks in one reused Buffer, as when reading a file.
    const block = Buffer.alloc(chunkSize);
    for (let at = 0; at < layer.blob.length; at += chunkSize) {
      const chunk = layer.blob.subarray(at, at + chunkSize);
      block.set(chunk);
      reader.push(block.subarray(0, chunk.length));
    }
    expect(reader.end()).toBe(layer.tar.length);
    return seen;
  } finally {
    reader.close();
  }
}

function codeOf(layer: LayerValue, chunkSize?: number): unknown {
  try {
    return read(layer, chunkSize).length;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

const expected = read(layerOf(ENTRIES, "none"));
const skippable = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4);

const BLOBS: readonly (readonly [string, Uint8Array])[] = [
  ["a plain tar", TAR],
  ["gzip", gzipSync(TAR)],
  ["stored gzip", gzipSync(TAR, { level: 0 })],
  ["gzip of two members", Buffer.concat([gzipSync(TAR.subarray(0, HALF)), gzipSync(TAR.subarray(HALF))])],
  ["gzip with empty members", Buffer.concat([gzipSync(""), gzipSync(TAR), gzipSync("")])],
  ["gzip padded with zeros", Buffer.concat([gzipSync(TAR), new Uint8Array(1_000)])],
  ["eStargz: a member per file", Buffer.concat(membersOf(TAR, 512))],
  ["zstd", zstdCompressSync(TAR)],
  [
    "zstd of two frames",
    Buffer.concat([zstdCompressSync(TAR.subarray(0, HALF)), zstdCompressSync(TAR.subarray(HALF))]),
  ],
  ["zstd between skippable frames", Buffer.concat([skippable, zstdCompressSync(TAR), skippable])],
];

function membersOf(tar: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(tar.length / size) }, (_, index) =>
    gzipSync(tar.subarray(index * size, (index + 1) * size)),
  );
}

describe.each([
  ["by the handle of node:zlib", ZlibHandle, () => () => undefined],
  ["by what node:zlib documents, in a Node without that handle", ThreadedZlib, hideZlibHandle],
])("%s", (_how, kind, hide) => {
  let show = () => undefined as void;
  beforeAll(() => {
    closeIdle();
    show = hide();
  });
  afterAll(() => show());

  test.each(["gzip", "zstd"] as const)("%s is unpacked", (format) => {
    const inflater = newInflater(format);
    expect(inflater).toBeInstanceOf(kind);
    inflater.close(false);
    inflater.close(false);
  });

  describe("the same files come out of every compression, however the bytes are cut", () => {
    test.each(BLOBS)("%s", (_, blob) => {
      const layer = layerOfBlob(blob, TAR);
      for (const chunkSize of [1, 2, 3, 17, 512, 100_000]) expect(read(layer, chunkSize)).toEqual(expected);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: blob.length }), (chunkSize) => {
          expect(read(layer, chunkSize)).toEqual(expected);
        }),
        // Every byte by itself, from thread to thread, takes its time.
        { numRuns: kind === ZlibHandle ? 15 : 3 },
      );
    });

    test.each(["gzip", "zstd"] as const)("%s, when a write fills the output to the last byte", (format) => {
      const noise = randomBytes(1024 ** 2);
      const blob = format === "gzip" ? gzipSync(noise) : zstdCompressSync(noise);
      for (let cut = 131_000; cut < 131_400; cut += 1) {
        const parts: Uint8Array[] = [];
        const unpacker = new Unpacker((chunk) => parts.push(new Uint8Array(chunk)));
        unpacker.push(blob.subarray(0, cut));
        unpacker.push(blob.subarray(cut));
        unpacker.end();
        unpacker.close(true);
        expect(Buffer.concat(parts).equals(noise)).toBe(true);
      }
    });

    test("zstd, after what the layer before left behind was closed", () => {
      const layer = layerOfBlob(zstdCompressSync(TAR), TAR);
      expect(read(layer)).toEqual(expected);
      closeIdle();
      closeIdle();
      expect(read(layer, 17)).toEqual(expected);
    });

    test("a layer without a byte, and one of zeros only, are empty", () => {
      expect(read(layerOfBlob(new Uint8Array(), new Uint8Array()))).toEqual([]);
      expect(read(layerOf([], "gzip"))).toEqual([]);
    });
  });

  describe("refused", () => {
    const gzip = layerOf(ENTRIES, "gzip");
    const other = digestOfBytes(Buffer.from("other"));

    test.each<[string, LayerValue, string]>([
      ["a blob of another digest", { ...gzip, digest: other }, "layer-digest"],
      ["a tar of another diffId", { ...gzip, diffId: other }, "layer-diff-id"],
      ["truncated gzip", layerOfBlob(gzip.blob.subarray(0, -40), TAR), "layer-compression"],
      ["gzip without its trailer", layerOfBlob(gzip.blob.subarray(0, -8), TAR), "layer-compression"],
      [
        "gzip with text behind it",
        layerOfBlob(Buffer.concat([gzip.blob, Buffer.from("text")]), TAR),
        "layer-compression",
      ],
      [
        "zeros, then text",
        layerOfBlob(Buffer.concat([gzip.blob, Buffer.from("\0\0text")]), TAR),
        "layer-compression",
      ],
      ["corrupt deflate", layerOfBlob(damaged(gzip.blob, 40), TAR), "layer-compression"],
      ["corrupt zstd", layerOfBlob(damaged(zstdCompressSync(TAR), 6), TAR), "layer-compression"],
      ["a truncated tar", layerOfTar(TAR.subarray(0, 1_000)), "tar-truncated"],
      ["text", layerOfTar(Buffer.from("no tar at all ".repeat(100))), "tar-number"],
      [
        "xz",
        layerOfTar(Buffer.concat([Buffer.from("\xfd7zXZ\0", "latin1"), new Uint8Array(600)]), "none"),
        "tar-checksum",
      ],
    ])("%s", (_, layer, code) => {
      for (const chunkSize of [1, 700, undefined]) expect(codeOf(layer, chunkSize)).toBe(code);
    });

    test.each([true, false])("zstd that is cut off anywhere (with a checksum: %s)", (hasChecksum) => {
      const { blob } = zstdLayer(hasChecksum);
      const lengths = Array.from({ length: blob.length - ZSTD_MAGIC_BYTES }, (_, n) => n + ZSTD_MAGIC_BYTES);
      const codes = lengths.map((length) => codeOf(layerOfBlob(blob.subarray(0, length), TAR)));
      expect(new Set(codes)).toEqual(new Set(["layer-compression"]));
    });

    test.each([
      ["its checksum", [zstdLayer(true).blob.subarray(0, -4)]],
      ["its second frame's header", [zstdCompressSync(TAR), zstdCompressSync("").subarray(0, 5)]],
      ["a skippable frame's content", [zstdCompressSync(TAR), skippable.subarray(0, -1)]],
    ])("zstd without %s, and not the whole layer behind it", (_, parts) => {
      const cut = layerOfBlob(Buffer.concat(parts), TAR);
      expect(() => read(cut)).toThrow("corrupt or truncated zstd stream: unexpected end of file.");
      expect(read(zstdLayer(true))).toEqual(expected);
    });

    function zstdLayer(hasChecksum: boolean): LayerValue {
      const params = { [constants.ZSTD_c_checksumFlag]: Number(hasChecksum) };
      return layerOfBlob(zstdCompressSync(TAR, { params }), TAR);
    }

    test("fewer or more bytes than the manifest declares", () => {
      for (const difference of [-1, 1]) {
        const reader = new LayerReader({ ...gzip, size: gzip.blob.length + difference }, new ImageBudget(), {
          member: () => 0,
          body: () => undefined,
        });
        const whole = () => {
          reader.push(gzip.blob);
          reader.end();
        };
        expect(whole).toThrow(expect.objectContaining({ code: "layer-size" }));
        reader.close();
      }
    });

    function damaged(blob: Uint8Array, at: number): Uint8Array {
      return blob.map((byte, index) => (index >= at && index < at + 8 ? 0xff ^ byte : byte));
    }
  });

  describe("decompression bombs", () => {
    test.each(["gzip", "zstd"] as const)("10 GB of zeros in %s stop early", async (format) => {
      const blob = format === "gzip" ? await gzipOfZeros() : zstdOfZeros();
      const layer = { ...layerOfBlob(blob, TAR), diffId: digestOfBytes(TAR) };
      expect(codeOf(layer, 256 * 1024)).toBe("layer-expansion");
    });

    test("the error names its bound", () => {
      const blob = zstdCompressSync(Buffer.alloc(LIMITS.expansionFloorBytes + 1_024));
      const named = `more than ${LIMITS.expansionRatio} times its size: a decompression bomb (bound expansionRatio)`;
      expect(() => read({ ...layerOfBlob(blob, TAR), diffId: digestOfBytes(TAR) })).toThrow(named);
    });

    test("zeros within the bounds are innocent", () => {
      const zeros = new Uint8Array(LIMITS.expansionFloorBytes);
      expect(read(layerOfTar(zeros))).toEqual([]);
    });

    /** 100 members of 100 MB. */
    async function gzipOfZeros(): Promise<Uint8Array> {
      const member: Buffer[] = [];
      const gzip = createGzip({ level: constants.Z_BEST_COMPRESSION });
      gzip.end(Buffer.alloc(100e6));
      for await (const chunk of gzip) member.push(chunk as Buffer);
      return Buffer.concat(Array.from({ length: 100 }, () => Buffer.concat(member)));
    }

    function zstdOfZeros(): Uint8Array {
      const frame = zstdCompressSync(Buffer.alloc(100e6));
      return Buffer.concat(Array.from({ length: 100 }, () => frame));
    }
  });

  describe("an image's layers share their bounds", () => {
    test("of unpacked bytes", () => {
      const budget = new ImageBudget();
      budget.addUnpacked(LIMITS.unpackedBytesPerImage - TAR.length);
      expect(read(layerOf(ENTRIES), undefined, new ImageBudget(budget.shared))).toEqual(expected);
      expect(() => read(layerOf(ENTRIES), undefined, budget)).toThrow(
        expect.objectContaining({ code: "image-unpacked-limit" }),
      );
    });

    test("of entries and of the length of their paths", () => {
      const budget = new ImageBudget();
      budget.addEntries(LIMITS.entriesPerImage, LIMITS.pathBytesPerImage);
      expect(() => budget.addEntries(1, 0)).toThrow(expect.objectContaining({ code: "image-entry-limit" }));
      expect(() => new ImageBudget().addEntries(1, LIMITS.pathBytesPerImage + 1)).toThrow(
        expect.objectContaining({ code: "image-path-limit" }),
      );
    });

    test("and their progress", () => {
      const budget = new ImageBudget();
      const layer = layerOf(ENTRIES);
      read(layer, 10, budget);
      read(layer, 10, budget);
      expect(budget.read).toBe(2 * layer.blob.length);
    });
  });
});
