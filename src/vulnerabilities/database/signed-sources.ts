import { isSignatureOf } from "../../attest/keys/verify.ts";
import { DouaneError } from "../../contract/error.ts";
import type { Catalog, CatalogSource, SignedIndex } from "./catalog.ts";
import { parseDataIndex } from "./data-index.ts";

/**
 * Names of sources whose entry in the catalogue (number of records, date, SHA-256, size) is not covered by a
 * signature of the key. The table's bytes are hashed when an update downloads them, not on every reading.
 *
 * @param pem public key
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
    // Format unknown to this version.
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
