import type { XmlElement } from "../../../xml/xml-tree.ts";
import type { Incomplete } from "./incomplete.ts";
import type { Tally } from "./tally.ts";

/** Kinds of scan. Secret detection counts as SAST where the policy says so. */
export const SCAN_KINDS = ["sast", "dast", "secrets"] as const;
export type ScanKind = (typeof SCAN_KINDS)[number];

/** A parsed report; lines of JSON are a list. */
export type ReportDocument =
  | { readonly form: "json" | "json-lines"; readonly value: unknown }
  | { readonly form: "xml"; readonly root: XmlElement };

/** Fields that the job states because the report lacks them. No tool confirms these fields. */
export interface AssertedRun {
  /** Name of the tool, where the report is an empty list. */
  readonly tool?: string;
  readonly toolVersion?: string;
  readonly kind?: ScanKind;
  /** Scanned target: a repository, a folder, a URL. */
  readonly target?: string;
  /** End of the scan, RFC 3339. */
  readonly finishedAt?: string;
  /** Exit code of the tool. */
  readonly exitCode?: number;
  /** Whether a dynamic scan sent attacks; a passive scan only reads answers to ordinary requests. */
  readonly activeScan?: boolean;
  /** Rule set that ran. */
  readonly rules?: string;
}

export type AssertedField = keyof AssertedRun;

/** Content of a report as its format states it. */
export interface StatedReport {
  /** Kind of the scan; absent if the report does not state it. */
  readonly kind?: ScanKind;
  readonly tool?: string;
  readonly toolVersion?: string;
  /** RFC 3339 times in UTC. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly target?: string;
  /** Commit of the scanned sources. */
  readonly commit?: string;
  /** Number of rules that ran, and number of those for injections, if the report lists its rules. */
  readonly rulesRun?: number;
  readonly injectionRulesRun?: number;
  readonly findings: Tally;
  /** Reasons why the report is incomplete. `unless` has the reasons that an assertion can remove. */
  readonly incomplete: readonly Incomplete[];
  /** Reasons that apply only if the job does not give the field. */
  readonly unless?: readonly { readonly given: AssertedField; readonly reason: Incomplete }[];
  /** Fields of the job from which the format derived its own fields. */
  readonly restsOn?: readonly AssertedField[];
  /** Whether the report itself shows that the scan ended by itself. */
  readonly isFinished: boolean;
  /**
   * The tool's own decision by its own thresholds; absent if the tool decided nothing, or if the scan passed.
   */
  readonly gate?: "warn" | "fail";
}

/** A format of scan reports. */
export interface ScanFormat {
  readonly id: string;
  readonly version: number;
  readonly mediaType: string;
  /**
   * Names of JSON fields or XML elements whose texts quote code, requests, answers or secrets. They are masked as
   * a whole, at any depth below.
   */
  readonly excerpts: readonly string[];
  /** Whether the document has the format's own marks; a document with marks of two formats is refused. */
  recognises(document: ReportDocument): boolean;
  read(document: ReportDocument, asserted: AssertedRun): StatedReport;
  /**
   * Exit codes of a finished scan; every other code is that of a failed tool. Default: 0, and 1 if there are
   * findings.
   */
  hasFinished?(exitCode: number, hasFindings: boolean): boolean;
}
