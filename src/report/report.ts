import type { AnyRule } from "../contract/rule.ts";
import type { SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import type { Verdict } from "../contract/verdict.ts";

/** What is reported: the verdicts, and the sources that could not be read. */
export interface ReportInput {
  readonly verdicts: readonly Verdict[];
  readonly errors: readonly SourceProblem[];
  /** What was passed over because it is not what the cluster gets: charts, overlays, templates. */
  readonly skipped: readonly SourceProblem[];
  /** The trials behind each verdict, in their order; absent when nothing was tried. */
  readonly trials?: readonly (readonly TriedContainer[])[];
}

export interface TriedContainer {
  /** Absent for an image alone. */
  readonly container?: string;
  readonly facts: TrialFacts;
}

/** The words of a rule, without its check. */
export type RuleWords = Pick<AnyRule, "id" | "title" | "why" | "remedy">;

export interface ReportOptions {
  readonly lang: Lang;
  /** Of douane. */
  readonly version: string;
  /** Every rule that judged, in the contract's order. */
  readonly rules: readonly RuleWords[];
  /** Columns of the terminal; 80 when it is none. */
  readonly width?: number;
  readonly color?: boolean;
}

/** A pure function: the same verdicts give the same text, which ends in a newline. */
export type Report = (input: ReportInput, options: ReportOptions) => string;
