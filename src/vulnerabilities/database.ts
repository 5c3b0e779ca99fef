import type { VulnerabilitySource } from "../contract/vulnerability-facts.ts";
import type { Advisory, StatedSeverity } from "./advisory.ts";

/**
 * Vulnerability data on this machine, open to be asked: an index, so that opening it costs
 * milliseconds and a question reads only its answer. Nothing of it uses the network.
 */
export interface VulnerabilityDatabase {
  /** Sources of the data. */
  readonly sources: readonly VulnerabilitySource[];
  /** All of a package, withdrawn records left out. */
  advisoriesOf(ecosystem: string, name: string): readonly Advisory[];
  /** Maven groups with this artifact in the records; undefined if the data lack this index. */
  groupsOf(artifact: string): readonly string[] | undefined;
  /** Whether any record of this ecosystem is there: silence of an ecosystem without data is not health. */
  holds(ecosystem: string): boolean;
  /** Facts about a CVE besides advisories. */
  cve(id: string): CveFacts | undefined;
  /** The end of support of a product's release cycle, as endoflife.date names them: (`debian`, `12`), (`nodejs`, `18`). */
  endOfLife(product: string, cycle: string): EndOfLife | undefined;
  close(): void;
}

export interface CveFacts {
  /** Severities by its CNA, ADPs and NVD. */
  readonly severities: readonly StatedSeverity[];
  /** Lists of exploited vulnerabilities that contain it: `CISA KEV`, `EU KEV`. */
  readonly exploited: readonly { readonly by: string; readonly since?: string }[];
  readonly epss?: { readonly score: number; readonly percentile: number; readonly date: string };
  /** ISO 8601. */
  readonly published?: string;
  /** The CVE was rejected: there is no such vulnerability. */
  readonly isRejected?: true;
}

export interface EndOfLife {
  /** The day of the last security update, ISO 8601; absent where the source knows only that it is over. */
  readonly on?: string;
  /** Last day of extended support, ISO 8601; some extensions are paid. */
  readonly extendedTo?: string;
  readonly isOver: boolean;
  /** Source of the statement: `endoflife.date`. */
  readonly source: string;
}
