import type { VexStatus } from "../../contract/vulnerability-facts.ts";

/** What a document says of one vulnerability in some products, whatever its format. */
export interface VexStatement {
  /** Name of the document's file. */
  readonly document: string;
  readonly author: string;
  /** All names that it gives the vulnerability. */
  readonly names: readonly string[];
  readonly status: VexStatus;
  readonly justification?: string;
  /** ISO 8601. */
  readonly timestamp?: string;
  readonly products: readonly VexProduct[];
}

export interface VexProduct {
  /** As the document calls it: for people. */
  readonly name: string;
  /** Package URLs that name it; empty: nothing here can tell what it is. */
  readonly purls: readonly string[];
  /** Digests that name it. */
  readonly digests: readonly string[];
  /** Package URLs of the parts that are meant; empty: the product itself, and all that is in it. */
  readonly subcomponents: readonly string[];
}
