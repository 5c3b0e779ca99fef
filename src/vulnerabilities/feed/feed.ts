import type { Fields } from "../../json/fields.ts";
import type { Advisory } from "../advisory.ts";
import type { StatedEnd } from "../database/rows/end-of-life-row.ts";
import type { CveFacts } from "../database.ts";

/**
 * Kinds of facts: vulnerabilities of packages; facts about CVEs; exploited vulnerabilities; ends of support.
 */
type Told = "advisories" | "cves" | "exploited" | "support";

/**
 * Table of the supported feeds, by the prefix of their sources' names, with the kinds of facts that each feed
 * provides; the database queries a source only for these kinds.
 */
export const FEEDS = {
  osv: ["advisories"],
  "debian-tracker": ["advisories"],
  "alpine-secdb": ["advisories"],
  "node-core": ["advisories"],
  "cve-list": ["cves"],
  nvd: ["cves"],
  kev: ["cves", "exploited"],
  "eu-kev": ["cves", "exploited"],
  epss: ["cves"],
  endoflife: ["support"],
} as const satisfies Record<string, readonly Told[]>;

export type FeedName = keyof typeof FEEDS;

/** Whether a feed provides a kind of facts; false for an unknown feed. */
export function tells(feed: string, what: Told): boolean {
  const told: readonly Told[] = Object.entries(FEEDS).find(([name]) => name === feed)?.[1] ?? [];
  return told.includes(what);
}

/** Receives the facts that a feed's reader finds. */
export interface FeedSink {
  /** Time of reading, ISO 8601; later dates are invalid. */
  readonly now: string;
  /** Advisories of one record; empty if it is withdrawn or names no package. */
  advisories(found: readonly Advisory[], modified: string): void;
  cve(id: string, facts: CveFacts, modified: string): void;
  /** @param end day of the end, ISO 8601, or whether support has ended */
  endOfLife(product: string, cycle: string, end: StatedEnd): void;
  /** Part of the feed that the following records belong to: `v3.22/main`. */
  within(part: string): void;
  /** Time of the document's creation, ISO 8601. */
  dated(date: string): void;
  /** Reports a record that is not in the format of its feed. */
  malformed(what: string): void;
}

/** A JSON format of a feed. */
export interface FeedFormat {
  readonly feed: FeedName;
  /** Whether the feed's reader supports a document; the document's name helps if its content is ambiguous. */
  recognises(document: Fields): boolean;
  read(document: Fields, sink: FeedSink, name: string): void;
}
