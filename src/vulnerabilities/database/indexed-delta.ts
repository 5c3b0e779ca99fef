import { LIMITS } from "../../contract/limits.ts";
import type { Fields } from "../../json/fields.ts";
import type { CatalogSource } from "./catalog.ts";

/** A delta in the index of exported data. */
export interface IndexedDelta {
  /** Name of the source: `osv:npm`. */
  readonly source: string;
  /** SHA-256 of the base table's lines, hex, independent of compression. */
  readonly from: string;
  /** SHA-256 of the resulting table's lines, hex. */
  readonly to: string;
  readonly bytes: number;
  /** SHA-256 of the delta's file. */
  readonly sha256: string;
}

/** Delta of the index; undefined if it is invalid. */
export function indexedDelta(read: Fields): IndexedDelta | undefined {
  const { source, from, to, bytes, sha256 } = read;
  if (typeof source !== "string" || typeof bytes !== "number" || !Number.isSafeInteger(bytes) || bytes < 1)
    return undefined;
  if (!isHash(from) || !isHash(to) || !isHash(sha256)) return undefined;
  return { source, from, to, bytes, sha256 };
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

/**
 * Deltas that lead from a table to an exported table, in the order of application. Undefined if there are
 * none, or if they are larger than the table.
 *
 * @param deltas newest first per source
 * @param from SHA-256 of the table's lines, hex
 */
export function chainFrom(
  from: string,
  { name, content, bytes }: Pick<CatalogSource, "name" | "content" | "bytes">,
  deltas: readonly IndexedDelta[],
): readonly IndexedDelta[] | undefined {
  const chain = usefulDeltas({ name, content, bytes }, deltas);
  const last = chain.findIndex((delta) => delta.from === from);
  return last < 0 ? undefined : chain.slice(0, last + 1).toReversed();
}

/**
 * Chain of deltas that leads to a table, newest first, as long as their total size is smaller than the table.
 */
export function usefulDeltas(
  { name, content, bytes }: Pick<CatalogSource, "name" | "content" | "bytes">,
  deltas: readonly IndexedDelta[],
): readonly IndexedDelta[] {
  const chain: IndexedDelta[] = [];
  let [at, sum] = [content, 0];
  for (const delta of deltas) {
    if (delta.source !== name || delta.to !== at) continue;
    sum += delta.bytes;
    // A chain that returns to an earlier state is useless.
    if (delta.from === content || chain.some(({ from }) => from === delta.from)) break;
    if (sum >= bytes || chain.length === LIMITS.vulnerabilityDeltas) break;
    chain.push(delta);
    at = delta.from;
  }
  return chain;
}
