import type { EnforcedRows } from "../contract/admission.ts";
import type { FailOn } from "../contract/fail-on.ts";
import type { RuleId } from "../contract/rows.ts";
import type { AnyRule } from "../contract/rule.ts";
import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import type { BesideVerdicts } from "../verdicts/write-verdict.ts";

/** Files of folders that were skipped on purpose; the first are named. */
export interface LeftOut {
  readonly by: "exclude" | "douaneignore" | "gitignore" | "outside" | "packages";
  readonly count: number;
  readonly files: readonly string[];
}

/** Information beside the verdicts. */
export type ReportFooter = BesideVerdicts;

/** Texts of a rule, without its check. */
export type RuleWords = Pick<AnyRule, "id" | "title" | "why" | "remedy" | "rows">;

export interface ReportOptions {
  readonly lang: Lang;
  /** Version of douane. */
  readonly version: string;
  /** All rules, in the contract's order; none for a format that explains none. */
  readonly rules: readonly RuleWords[];
  /** Width of the terminal in columns; 80 if there is no terminal. */
  readonly width?: number;
  readonly color?: boolean;
  /** Verdicts that stop the pipeline; default: also unproven verdicts. */
  readonly failOn?: FailOn;
  /** Future requirements that decide on admission, too. */
  readonly enforceFuture?: EnforcedRows;
  readonly view?: ReportView;
  /** Origin of a report that is kept; absent: none is shown. */
  readonly about?: ReportOrigin;
}

/** Reader's options, for reports made to be read. */
export interface ReportView {
  /** Whether all details are shown: details of each application, and complete proofs. */
  readonly verbose?: boolean;
  /** Whether fingerprints are shown, by which a policy accepts findings. */
  readonly fingerprints?: boolean;
  /** Verdict to filter applications by; all are counted. */
  readonly only?: Verdict["admitted"];
  /** Order of a table of many applications; default: refused first. */
  readonly sort?: "verdict" | "name" | "environment" | "file";
  readonly groupBy?: "environment" | "team";
  /**
   * Maximum number of applications listed in a table, or in each of its groups; 0: all. Default: see
   * overview-order.ts.
   */
  readonly limit?: number;
  /** Manifests of the command line, quoted for a shell, for commands that readers copy. */
  readonly manifests?: string;
  /** Returns the address of a line in a file of the user, in the merge request's repository. */
  readonly linkOf?: (file: string, line: number) => string | undefined;
  /** Rules whose findings `douane fix` corrects in manifests. */
  readonly fixable?: ReadonlySet<RuleId>;
}

/** Time, command and policy of a report. */
export interface ReportOrigin {
  /** ISO 8601, UTC. */
  readonly date: string;
  /** Command line, masked. */
  readonly command: string;
  /** The platform's policy: its location and identity. */
  readonly policy?: string;
}

/**
 * Writes a report while verdicts arrive. The report is the concatenation of head, verdicts and end, and ends
 * with a line feed. Of a verdict, only parts that are still to be written are kept, so memory does not grow
 * with the number of verdicts.
 */
export interface ReportWriter {
  /** Text before the first verdict; empty if it depends on the verdicts. */
  readonly head: string;
  /** Accepts the next verdict and returns the text that is ready, possibly none. */
  verdict(verdict: Verdict): string;
  /** Ends the report; yields the rest of the text in pieces. */
  end(unjudged: ReportFooter): Iterable<string>;
}

/** A report format. Pure: without I/O or clock; the same verdicts give the same text. */
export type Report = (options: ReportOptions) => ReportWriter;
