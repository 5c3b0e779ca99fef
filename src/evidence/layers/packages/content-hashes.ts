import { hash } from "node:crypto";

/** Hashes by which package lists identify files. */
export interface ContentHashes {
  /** Hexadecimal: dpkg. */
  readonly md5: string;
  /** Base64: apk. */
  readonly sha1: string;
  /** Hexadecimal: conda, Cargo. */
  readonly sha256: string;
  /** Base64url without padding: pip. */
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
