import { createHash } from "node:crypto";
import type { VexStatus } from "../../contract/vulnerability-facts.ts";

/** A statement to write. */
export interface NewStatement {
  readonly id: string;
  readonly status: VexStatus;
  /** Package URL of an image (`pkg:oci/app@sha256:…?repository_url=…`) or of a package. */
  readonly product: string;
  /** Package URLs of the affected parts of the product; empty for the whole product. */
  readonly parts: readonly string[];
  readonly author: string;
  /** Time of the statement, ISO 8601. */
  readonly timestamp: string;
  readonly justification?: string;
}

/** OpenVEX document with one statement; equal statements give equal documents. */
export function newOpenVex({
  id,
  status,
  product,
  parts,
  author,
  timestamp,
  justification,
}: NewStatement): object {
  const statement = {
    vulnerability: { name: id },
    products: [
      {
        "@id": product,
        ...(parts.length === 0 ? {} : { subcomponents: parts.map((part) => ({ "@id": part })) }),
      },
    ],
    status,
    ...(justification === undefined ? {} : { justification }),
  };
  const hash = createHash("sha256")
    .update(JSON.stringify([author, timestamp, statement]))
    .digest("hex");
  return {
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": `https://openvex.dev/docs/public/vex-${hash}`,
    author,
    timestamp,
    version: 1,
    statements: [statement],
  };
}
