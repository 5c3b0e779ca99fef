import { createHash } from "node:crypto";
import { canonicalJson } from "../../json/canonical-json.ts";

/** SHA-256 in hexadecimal that the first entry has for the one before. */
export const GENESIS = "0".repeat(64);

/** Place of an entry in the chain. */
export interface Link {
  /** From 1 on, without gaps. */
  readonly sequence: number;
  /** Hash of the entry before, SHA-256 in hexadecimal. */
  readonly previous: string;
  /** SHA-256 of the entry's canonical JSON, in hexadecimal. */
  readonly digest: string;
}

/** SHA-256 of the text of an entry, in hexadecimal. */
export function digestOf(entry: string): string {
  return createHash("sha256").update(entry).digest("hex");
}

/**
 * Hash of an entry: SHA-256 of the canonical JSON of its link, in hexadecimal. The link holds the entry's digest, not
 * its content, so that an export proves its entries by the digests of those that it does not show.
 */
export function hashOf({ digest, previous, sequence }: Link): string {
  return digestOf(canonicalJson({ digest, previous, sequence }));
}
