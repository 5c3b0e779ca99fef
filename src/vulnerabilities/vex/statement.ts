import type { VexStatus } from "../../contract/vulnerability-facts.ts";

/** Statement of a document about one vulnerability in some products, independent of the format. */
export interface VexStatement {
  /** Name of the document's file. */
  readonly document: string;
  readonly author: string;
  /** All names of the vulnerability in the statement. */
  readonly names: readonly string[];
  readonly status: VexStatus;
  readonly justification?: string;
  /** Time of the statement, ISO 8601. */
  readonly timestamp?: string;
  readonly products: readonly VexProduct[];
  /** Signer of the document, by its name in the policy; absent for an unsigned document. */
  readonly signer?: string;
}

export interface VexProduct {
  /** Name in the document, for display. */
  readonly name: string;
  /** Package URLs; empty if the product cannot be identified. */
  readonly purls: readonly string[];
  /** Digests that identify the product. */
  readonly digests: readonly string[];
  /** Package URLs of the affected parts; empty, without unknown parts: the product itself and all its content. */
  readonly subcomponents: readonly string[];
  /** Whether parts are named without a package URL, so that the statement is about a part that is not known. */
  readonly hasUnknownParts?: true;
}
