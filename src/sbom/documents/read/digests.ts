import { isDigest } from "../../../contract/digest.ts";
import type { Digest } from "../../../contract/image-facts.ts";

/** All sha256 digests that texts name: `repo@sha256:…`, `sha256%3A…` of a purl; each once. */
export function digestsIn(texts: readonly (string | undefined)[]): readonly Digest[] {
  const found = texts.flatMap((text = "") =>
    [...text.replaceAll(/%3a/gi, ":").matchAll(/sha256:[0-9a-f]{64}/g)].map(([digest]) => digest),
  );
  return [...new Set(found)].filter(isDigest);
}

/** Digest of a SHA-256 hash that is given without its algorithm. */
export function digestOfHex(hex: string): Digest | undefined {
  const digest = `sha256:${hex.toLowerCase()}`;
  return isDigest(digest) ? digest : undefined;
}
