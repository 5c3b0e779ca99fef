import type { AcceptanceUse } from "../contract/acceptance-use.ts";
import type { FailOn } from "../contract/fail-on.ts";
import type { RuleId } from "../contract/rows.ts";
import type { AnyRule } from "../contract/rule.ts";
import type { SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";

/** Files of folders that were left out on purpose, the first by name. */
export interface LeftOut {
  readonly by: "exclude" | "douaneignore" | "gitignore" | "outside";
  readonly count: number;
  readonly files: readonly string[];
}

/** What is to be said beside the verdicts. */
export interface Unjudged {
  /** What could not be read. */
  readonly errors: readonly SourceProblem[];
  /** What was passed over because it is not what the cluster gets: charts, overlays, templates. */
  readonly skipped: readonly SourceProblem[];
  /** Files of folders that were left out on purpose. */
  readonly leftOut?: readonly LeftOut[];
  /** What became of the acceptances of the platform's policy; none without a policy. */
  readonly acceptances?: readonly AcceptanceUse[];
}

/** The words of a rule, without its check. */
export type RuleWords = Pick<AnyRule, "id" | "title" | "why" | "remedy" | "rows">;

export interface ReportOptions {
  readonly lang: Lang;
  /** Of douane. */
  readonly version: string;
  /** Every rule that judged, in the contract's order. */
  readonly rules: readonly RuleWords[];
  /** Columns of the terminal; 80 when it is none. */
  readonly width?: number;
  readonly color?: boolean;
  /** What stops the pipeline; default: what is unproven, too. */
  readonly failOn?: FailOn;
  /** The future requirements decide on admission, too. */
  readonly enforceFuture?: boolean;
  readonly view?: ReportView;
  /** What a report to be kept says of its making; without it, that is left out. */
  readonly about?: ReportOrigin;
}

/** What a reader wants to see, of reports that are made to be read. */
export interface ReportView {
  /** Everything: the details of each application, proofs in full. */
  readonly verbose?: boolean;
  /** With the name under which the policy accepts a finding. */
  readonly fingerprints?: boolean;
  /** Only the applications with this verdict; all are counted. */
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

/** When, by what, and by whose rules a report was made. */
export interface ReportOrigin {
  /** ISO 8601, UTC. */
  readonly date: string;
  /** The command line, masked. */
  readonly command: string;
  /** The platform's policy: where it was read, and what it is. */
  readonly policy?: string;
}

/**
 * A report that is written while verdicts come: its text is what the three give, one after the
 * other, and ends in a newline. Of a verdict nothing is kept but what is still to be told of it, so
 * that memory does not grow with what was judged.
 */
export interface ReportWriter {
  /** What stands before the first verdict; empty where it depends on them. */
  readonly head: string;
  /** Takes the next verdict, gives the text that is ready now: empty where all of it must wait. */
  verdict(verdict: Verdict): string;
  /** No verdict follows: the rest of the text, piece by piece. */
  end(unjudged: Unjudged): Iterable<string>;
}

/** No I/O, no clock: the same verdicts give the same text. */
export type Report = (options: ReportOptions) => ReportWriter;
