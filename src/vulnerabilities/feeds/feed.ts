import type { Advisory } from "../advisory.ts";
import type { CveFacts } from "../database/database.ts";
import type { StatedEnd } from "../database/rows/end-of-life-row.ts";

/** Vulnerabilities of packages; facts of CVEs; which of these are exploited; until when products are maintained. */
type Told = "advisories" | "cves" | "exploited" | "support";

/**
 * THE table of the feeds that are read, by the names that their sources begin with, and what each of them tells:
 * the database asks a source for nothing else.
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

/** Whether a feed tells such a thing; one that this version does not know tells nothing. */
export function tells(feed: string, what: Told): boolean {
  const told: readonly Told[] = Object.entries(FEEDS).find(([name]) => name === feed)?.[1] ?? [];
  return told.includes(what);
}

/** Where a reader of a feed puts what it found. */
export interface FeedSink {
  /** When the feed is read, ISO 8601: dates after it have not come yet. */
  readonly now: string;
  /** What one record says of its packages; none where it is withdrawn or names no package. */
  advisories(found: readonly Advisory[], modified: string): void;
  cve(id: string, facts: CveFacts, modified: string): void;
  /** @param on its day, ISO 8601, or whether it is over */
  endOfLife(product: string, cycle: string, end: StatedEnd): void;
  /** What the following records are of, where a feed comes in parts: `v3.22/main`. */
  within(part: string): void;
  /** When the document was made, ISO 8601. */
  dated(date: string): void;
  /** A record that does not have the form of its feed. */
  malformed(what: string): void;
}

/** A form in which a feed comes, as JSON. */
export interface FeedFormat {
  readonly feed: FeedName;
  /** Whether a document is of it; its name helps where the document does not say what it is about. */
  recognises(document: JsonObject): boolean;
  read(document: JsonObject, sink: FeedSink, name: string): void;
}

export type JsonObject = Readonly<Record<string, unknown>>;
