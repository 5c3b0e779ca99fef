import type { Digest } from "../contract/image-facts.ts";
import type { Text } from "../contract/text.ts";

/** What a builder laid beside an image in its index: an in-toto statement, unsigned. */
export interface AttachedStatement {
  /** Of the manifest that lists it. */
  readonly manifest: Digest;
  /** Declared length. */
  readonly size: number;
  /** Verified against its digest; or why it cannot be had. */
  readonly content: Uint8Array | Text;
}
