import type { Digest } from "../../contract/image-facts.ts";
import type { LayerEntries } from "../../image/layer/entries.ts";
import type { SecretHit } from "../../secrets/scan.ts";

/** Counts up when the meaning of LayerFacts changes, or they were wrong: what older versions stored is not used. */
export const FACTS_FORMAT = 4;

/**
 * What was seen of one layer, read once and verified: plain data, kept from run to run. Its
 * contents are masked, its secrets are places.
 */
export interface LayerFacts {
  readonly diffId: Digest;
  /** Bytes of the tar. */
  readonly unpackedBytes: number;
  readonly entries: LayerEntries;
  /** Entries whose own path and header some selector matches, in order; hard links were not asked about. */
  readonly matched: readonly number[];
  readonly contents: readonly KeptContent[];
  /** Entries of executables that begin with `#!` and whose content was not kept. */
  readonly scripts: readonly number[];
  readonly secrets: readonly LayerSecret[];
}

/** The facts of a layer that cannot be read. */
export function unreadLayer(diffId: Digest): LayerFacts {
  const entries = { paths: [], kinds: [], kindOf: [], sizes: [], links: [], capabilities: [] };
  return { diffId, unpackedBytes: 0, entries, matched: [], contents: [], scripts: [], secrets: [] };
}

/** The beginning of a file as text (invalid UTF-8 replaced), with its secrets masked. */
export interface KeptContent {
  readonly entry: number;
  readonly text: string;
  /** Bytes that were asked for, where the file is longer; who asks for no more need not read it again. */
  readonly cutAt?: number;
}

export interface LayerSecret extends SecretHit {
  readonly entry: number;
}
