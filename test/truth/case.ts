import type { RowId } from "../../src/contract/rows.ts";
import type { Answer } from "../../src/contract/verdict.ts";
import type { Given } from "./given/given.ts";

/**
 * One behaviour: the inputs, and the contract's answers. Expectations are written from the contract and the
 * design, never copied from the tool's output.
 */
export interface Case {
  /** Name of the inputs, unique in its topic. */
  readonly name: string;
  readonly given: Given;
  /** Answers of the rows that the case is about; `refused`: there must be no verdict at all. */
  readonly expect: Readonly<Partial<Record<RowId, Answer>>> | "refused";
  /** Part of a sentence (English) required beside the verdicts: a problem, a skipped source, a warning. */
  readonly tells?: string;
  /** Set if no message beside the verdicts is allowed. */
  readonly silent?: true;
  /** Set if the input looks like a fault and is none: no listed row may be `no`. */
  readonly trap?: true;
  /** Reason, by the contract. */
  readonly why: string;
  /** The tool does not answer so yet, and why; counted as wrong, and refused once it does. */
  readonly open?: string;
}

/** Type of the export `cases` of each file in cases/. */
export type Cases = readonly Case[];
