import { createHash } from "node:crypto";
import { canonicalJson } from "../../json/canonical-json.ts";

/** SHA-256 in hexadecimal that the first entry states as the previous hash. */
export const GENESIS = "0".repeat(64);

/** Place of an entry in the chain. */
export interface Link {
  /** Number of the entry, from 1 on, without gaps. */
  readonly sequence: number;
  /** Hash of the previous entry, SHA-256 in hexadecimal. */
  readonly previous: string;
  /** SHA-256 of the entry's canonical JSON, in hexadecimal. */
  readonly digest: string;
}

/** SHA-256 of the text of an entry, in hexadecimal. */
export function digestOf(entry: string): string {
  return createHash("sha256").update(entry).digest("hex");
}

/**
 * Hash of an entry: SHA-256 of the canonical JSON of its link, in hexadecimal. The link holds the entry's
 * digest instead of its content, so that an export can prove its entries without disclosing the others.
 */
export function hashOf({ digest, previous, sequence }: Link): string {
  return digestOf(canonicalJson({ digest, previous, sequence }));
}
