import type { RowId } from "../../src/contract/rows.ts";
import type { Answer } from "../../src/contract/verdict.ts";
import type { Given } from "./given/given.ts";

/**
 * One behaviour: what is given, and what the contract says of it. Expectations are written from the
 * contract and the design, never read off the tool.
 */
export interface Case {
  /** Unique in its topic; says what is given. */
  readonly name: string;
  readonly given: Given;
  /** By row, those that the case is about; `refused`: there must be no verdict at all. */
  readonly expect: Readonly<Partial<Record<RowId, Answer>>> | "refused";
  /** Part of a sentence (English) that must be told beside the verdicts: a problem, a skipped source, a warning. */
  readonly tells?: string;
  /** Nothing may be told beside the verdicts. */
  readonly silent?: true;
  /** It looks like a fault and is none: no row that it names may be `no`. */
  readonly trap?: true;
  /** By the contract. */
  readonly why: string;
  /** The tool does not answer so yet, and why; counted as wrong, and refused once it does. */
  readonly open?: string;
}

/** What each file of cases/ exports as `cases`. */
export type Cases = readonly Case[];
