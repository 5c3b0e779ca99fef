import type { FailOn } from "../contract/fail-on.ts";
import type { RuleId } from "../contract/rows.ts";
import type { AnyRule } from "../contract/rule.ts";
import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import type { BesideVerdicts } from "../verdicts/write-verdict.ts";

/** Files of folders that were left out on purpose, the first by name. */
export interface LeftOut {
  readonly by: "exclude" | "douaneignore" | "gitignore" | "outside" | "packages";
  readonly count: number;
  readonly files: readonly string[];
}

/** Information beside the verdicts. */
export type Unjudged = BesideVerdicts;

/** The words of a rule, without its check. */
export type RuleWords = Pick<AnyRule, "id" | "title" | "why" | "remedy" | "rows">;

export interface ReportOptions {
  readonly lang: Lang;
  /** Version of douane. */
  readonly version: string;
  /** Every rule that judged, in the contract's order. */
  readonly rules: readonly RuleWords[];
  /** Columns of the terminal; 80 when it is none. */
  readonly width?: number;
  readonly color?: boolean;
  /** Verdicts that stop the pipeline; default: also unproven ones. */
  readonly failOn?: FailOn;
  /** The future requirements decide on admission, too. */
  readonly enforceFuture?: boolean;
  readonly view?: ReportView;
  /** Origin of a report that is kept; absent: not shown. */
  readonly about?: ReportOrigin;
}

/** A reader's choices, for reports made to be read. */
export interface ReportView {
  /** Everything: the details of each application, proofs in full. */
  readonly verbose?: boolean;
  /** Show the fingerprints by which a policy accepts findings. */
  readonly fingerprints?: boolean;
  /** Show only applications with this verdict; all are counted. */
  readonly only?: Verdict["admitted"];
  /** Order of a table of many applications. Default: the refused first. */
  readonly sort?: "verdict" | "name" | "environment" | "file";
  readonly groupBy?: "environment" | "team";
  /** Lines of such a table; 0: all. */
  readonly limit?: number;
  /** The command line's manifests, as a shell takes them: for commands to copy. */
  readonly manifests?: string;
  /** The address at which a line of one of the user's files is shown: in the merge request's own repository. */
  readonly linkOf?: (file: string, line: number) => string | undefined;
  /** Rules whose findings `douane fix` corrects in manifests. */
  readonly fixable?: ReadonlySet<RuleId>;
}

/** Time, command and policy of a report. */
export interface ReportOrigin {
  /** ISO 8601, UTC. */
  readonly date: string;
  /** The command line, masked. */
  readonly command: string;
  /** The platform's policy: its location and identity. */
  readonly policy?: string;
}

/**
 * A report written while verdicts arrive: its text is the concatenation of head, verdicts and end, and ends
 * in a newline. It keeps only the parts of a verdict that it has yet to write, so memory does not grow with
 * the number of verdicts.
 */
export interface ReportWriter {
  /** Text before the first verdict; empty if it depends on the verdicts. */
  readonly head: string;
  /** Takes the next verdict, gives the text that is ready now: empty where all of it must wait. */
  verdict(verdict: Verdict): string;
  /** Ends the report; yields the rest of the text in pieces. */
  end(unjudged: Unjudged): Iterable<string>;
}

/** A report format. Pure: without I/O or clock; the same verdicts give the same text. */
export type Report = (options: ReportOptions) => ReportWriter;
