import type {
  UnmatchedComponents,
  VulnerabilityFinding,
  VulnerabilitySource,
} from "../contract/vulnerability-facts.ts";
import type { Advisory, StatedSeverity } from "./advisory.ts";

/**
 * Opened vulnerability data of this machine. The data are indexed, so that opening takes milliseconds and a
 * query reads only its answer. The network is never used.
 */
export interface VulnerabilityDatabase {
  /** Sources of the data. */
  readonly sources: readonly VulnerabilitySource[];
  /** All advisories about a package, except withdrawn ones. */
  advisoriesOf(ecosystem: string, name: string): readonly Advisory[];
  /** Maven groups with this artifact in the records; undefined if the data lack this index. */
  groupsOf(artifact: string): readonly string[] | undefined;
  /** Whether there is any record of this ecosystem: without data, an absence of advisories proves nothing. */
  holds(ecosystem: string): boolean;
  /** Facts about a CVE besides advisories. */
  cve(id: string): CveFacts | undefined;
  /**
   * End of support of a product's release cycle, by endoflife.date's names: (`debian`, `12`), (`nodejs`,
   * `18`).
   */
  endOfLife(product: string, cycle: string): EndOfLife | undefined;
  /** Results of components that were compared with these data before; absent: every component is compared. */
  readonly memory?: ComparisonMemory;
  close(): void;
}

/** Results of comparisons with one state of the data, by what the comparison of a component depends on. */
export interface ComparisonMemory {
  get(key: string): RememberedComparison | undefined;
  set(key: string, compared: RememberedComparison): void;
}

export interface RememberedComparison {
  readonly result: ComparedComponent;
  /** Queries of the comparison; see recordedData(). */
  readonly answers: RecordedAnswers;
}

/** Queries of vulnerability data, each as JSON (its kind and arguments), with the digest of its answer. */
export type RecordedAnswers = ReadonlyMap<string, string>;

/** Result of comparing one component, wherever it is. It is shared, and must not be changed. */
export interface ComparedComponent {
  /** Set for a package without executable content that no record names. */
  readonly isInert?: true;
  /** Reason why the absence of records proves nothing. */
  readonly lack?: Pick<UnmatchedComponents, "why" | "ecosystem">;
  /** Ecosystem with whose records the component was compared; absent if it counts as not compared. */
  readonly ecosystem?: string;
  /** Findings, without the place of the component. */
  readonly findings: readonly VulnerabilityFinding[];
}

export interface CveFacts {
  /** Severities by the CNA, ADPs and NVD. */
  readonly severities: readonly StatedSeverity[];
  /** Lists of exploited vulnerabilities that contain the CVE: `CISA KEV`, `EU KEV`. */
  readonly exploited: readonly { readonly by: string; readonly since?: string }[];
  readonly epss?: { readonly score: number; readonly percentile: number; readonly date: string };
  /** Time of publication, ISO 8601. */
  readonly published?: string;
  /** Set if the CVE was rejected, so that the vulnerability does not exist. */
  readonly isRejected?: true;
}

export interface EndOfLife {
  /** Day of the last security update, ISO 8601; absent if the source states only that support has ended. */
  readonly on?: string;
  /** Last day of extended support, ISO 8601; some extensions are paid. */
  readonly extendedTo?: string;
  readonly isOver: boolean;
  /** Source of the statement: `endoflife.date`. */
  readonly source: string;
}
