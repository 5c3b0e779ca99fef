import { hash } from "node:crypto";
import { InvalidInputError } from "./error.ts";
import type { Digest } from "./image-facts.ts";

export function isDigest(value: string): value is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(value);
}

/** The 64 hexadecimal digits, which are a blob's name in a layout. */
export function hexOf(digest: Digest): string {
  return digest.slice("sha256:".length);
}

/** Digest of bytes, or of a text in UTF-8. One call hashes short content in half the time that a Hash object takes. */
export function sha256(content: Uint8Array | string): Digest {
  return `sha256:${hash("sha256", content, "hex")}`;
}

/**
 * @throws InvalidInputError digest-mismatch
 */
export function verifyDigest(bytes: Uint8Array, expected: Digest): void {
  const actual = sha256(bytes);
  if (actual === expected) return;
  throw new InvalidInputError("digest-mismatch", {
    fr: `l'empreinte ne correspond pas : ${expected} annoncée, ${actual} calculée. Le document est corrompu ou a été modifié ; récupérer l'image à nouveau.`,
    en: `digest mismatch: ${expected} announced, ${actual} computed. The document is corrupt or was tampered with; fetch the image again.`,
  });
}
