import { isSignatureOf } from "../../attest/verify.ts";
import { DouaneError } from "../../contract/error.ts";
import type { Catalog, CatalogSource, SignedIndex } from "../database/catalog.ts";
import { parseDataIndex } from "./data-index.ts";

/**
 * Names of sources that nothing signed by a key states as they stand in the catalogue: its record
 * counts, its date, the SHA-256 and the size of its table. The table's bytes are hashed when an update
 * brings them, not again with each reading.
 *
 * @param pem a public key
 * @throws UsageError signing-key-invalid
 */
export function unsignedSources({ sources, signed = [] }: Catalog, pem: string): ReadonlySet<string> {
  const stated = new Set(signed.flatMap((index) => statedBy(index, pem)));
  return new Set(sources.filter((source) => !stated.has(statementOf(source))).map(({ name }) => name));
}

function statedBy({ index, signature }: SignedIndex, pem: string): readonly string[] {
  const bytes = Buffer.from(index);
  if (!isSignatureOf(bytes, signature, pem)) return [];
  try {
    return parseDataIndex(bytes, "catalog.json").sources.map(statementOf);
  } catch (error) {
    // Of a format that this version does not read.
    if (error instanceof DouaneError) return [];
    throw error;
  }
}

function statementOf(source: CatalogSource): string {
  const { name, feed, records, date, dateFrom, ecosystems, bytes, sha256, content } = source;
  return JSON.stringify([
    name,
    feed,
    records,
    date,
    dateFrom,
    Object.entries(ecosystems),
    bytes,
    sha256,
    content,
  ]);
}
