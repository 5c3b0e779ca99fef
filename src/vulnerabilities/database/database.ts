import type { VulnerabilitySource } from "../../contract/vulnerability-facts.ts";
import type { Advisory, StatedSeverity } from "../advisory.ts";

/**
 * Vulnerability data on this machine, open to be asked: an index, so that opening it costs
 * milliseconds and a question reads only its answer. Nothing of it uses the network.
 */
export interface VulnerabilityDatabase {
  /** What it was made of. */
  readonly sources: readonly VulnerabilitySource[];
  /** All of a package, withdrawn records left out. */
  advisoriesOf(ecosystem: string, name: string): readonly Advisory[];
  /** Groups of Maven that records name with this artifact; undefined where the data do not tell. */
  groupsOf(artifact: string): readonly string[] | undefined;
  /** Whether any record of this ecosystem is there: silence of an ecosystem without data is not health. */
  holds(ecosystem: string): boolean;
  /** What is known of a CVE beside advisories. */
  cve(id: string): CveFacts | undefined;
  /** The end of support of a product's release cycle, as endoflife.date names them: (`debian`, `12`), (`nodejs`, `18`). */
  endOfLife(product: string, cycle: string): EndOfLife | undefined;
  close(): void;
}

export interface CveFacts {
  /** Of its CNA, of ADPs, of NVD. */
  readonly severities: readonly StatedSeverity[];
  /** Who lists it as exploited: `CISA KEV`, `EU KEV`. */
  readonly exploited: readonly { readonly by: string; readonly since?: string }[];
  readonly epss?: { readonly score: number; readonly percentile: number; readonly date: string };
  /** ISO 8601. */
  readonly published?: string;
  /** Who gave out the number took it back: there is no such vulnerability. */
  readonly isRejected?: true;
}

export interface EndOfLife {
  /** The day of the last security update, ISO 8601; absent where the source knows only that it is over. */
  readonly on?: string;
  /** The day of the last update of an extended support, ISO 8601; some are for those who pay. */
  readonly extendedTo?: string;
  readonly isOver: boolean;
  /** Who says so: `endoflife.date`. */
  readonly source: string;
}
