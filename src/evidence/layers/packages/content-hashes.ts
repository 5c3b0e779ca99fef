import { hash } from "node:crypto";

/** Hashes by which package lists identify files. */
export interface ContentHashes {
  /** MD5 in hexadecimal, for dpkg. */
  readonly md5: string;
  /** SHA-1 in base64, for apk. */
  readonly sha1: string;
  /** SHA-256 in hexadecimal, for conda and Cargo. */
  readonly sha256: string;
  /** SHA-256 in base64url without padding, for pip. */
  readonly record: string;
}

export function hashesOf(bytes: Uint8Array): ContentHashes {
  const sha256 = hash("sha256", bytes);
  return {
    md5: hash("md5", bytes),
    sha1: hash("sha1", bytes, "base64"),
    sha256,
    record: Buffer.from(sha256, "hex").toString("base64url"),
  };
}
