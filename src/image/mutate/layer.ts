import { createHash } from "node:crypto";
import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Digest } from "../../contract/image-facts.ts";
import { type TarEntry, writeTar } from "../tar/write.ts";

export type Compression = "none" | "gzip" | "zstd";

/** A layer as a value. Tests that need one which lies spread it and change a field. */
export interface LayerValue {
  readonly mediaType: string;
  /** Of `blob`. */
  readonly digest: Digest;
  /** Of `tar`. */
  readonly diffId: Digest;
  readonly blob: Uint8Array;
  readonly tar: Uint8Array;
}

const MEDIA_TYPES: Readonly<Record<Compression, string>> = {
  none: "application/vnd.oci.image.layer.v1.tar",
  gzip: "application/vnd.oci.image.layer.v1.tar+gzip",
  zstd: "application/vnd.oci.image.layer.v1.tar+zstd",
};

/** A layer made of these entries; the same entries give the same digests. */
export function layerOf(entries: Iterable<TarEntry>, compression: Compression = "gzip"): LayerValue {
  return layerOfTar(writeTar(entries), compression);
}

/** A layer made of the bytes of a tar, whatever they are. */
export function layerOfTar(tar: Uint8Array, compression: Compression = "gzip"): LayerValue {
  return layerOfBlob(compress(tar, compression), tar, MEDIA_TYPES[compression]);
}

/** A layer whose blob is said to unpack to `tar`: for blobs that compress() would not make. */
export function layerOfBlob(blob: Uint8Array, tar: Uint8Array, mediaType = MEDIA_TYPES.gzip): LayerValue {
  return { mediaType, digest: digestOfBytes(blob), diffId: digestOfBytes(tar), blob, tar };
}

export function digestOfBytes(bytes: Uint8Array): Digest {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function compress(tar: Uint8Array, compression: Compression): Uint8Array {
  if (compression === "gzip") return gzipSync(tar);
  return compression === "zstd" ? zstdCompressSync(tar) : tar;
}
