import type { Evidence, Kind } from "./evidence.ts";
import type { FileSelector } from "./file-selector.ts";
import type { Finding } from "./finding.ts";
import type { RowId, RuleId } from "./rows.ts";
import type { Text } from "./text.ts";

/** Result of a rule. Silence, an error or an unknown format is never a pass. */
export type Outcome =
  | {
      readonly status: "pass";
      readonly proof: Text;
      /** Last day (UTC, `YYYY-MM-DD`) on which the proof counts, if the day is near. */
      readonly until?: string;
      readonly notes?: readonly Finding[];
    }
  | {
      readonly status: "fail";
      readonly findings: readonly [Finding, ...Finding[]];
      /**
       * Set if the fail is inferred from static signs. A trial that proves the row turns this fail into a
       * note.
       */
      readonly presumed?: true;
      readonly notes?: readonly Finding[];
    }
  | { readonly status: "n/a"; readonly reason: Text; readonly notes?: readonly Finding[] }
  | {
      readonly status: "unproven";
      readonly reason: Text;
      /** Action that would settle the doubt. */
      readonly settle?: Text;
      /** Set if evidence is unreadable: the row stays unproven, whatever other rules show. */
      readonly unreadable?: true;
      /**
       * Set if an observation possibly refutes the rule's rows, but this cannot be decided: the rows stay
       * unproven.
       */
      readonly doubtful?: true;
      readonly notes?: readonly Finding[];
    };

/** One requirement of the contract, as a pure function over evidence: without clock, disk or network. */
export interface Rule<K extends Kind = Kind, U extends Kind = Kind> {
  readonly id: RuleId;
  /** Rows that a fail of the rule refutes. */
  readonly rows: readonly [RowId, ...RowId[]];
  /** The requirement, as a sentence that holds when the rule passes. */
  readonly title: Text;
  readonly why: Text;
  /** Remedy of a fail, used for findings without their own remedy. */
  readonly remedy: Text;
  /** Required evidence, without which the rule is left out. */
  readonly needs: readonly [K, ...K[]];
  /** Optional evidence. */
  readonly uses?: readonly U[];
  /** Files of the image that the rule sees. Default: none. */
  readonly files?: readonly FileSelector[];
  check(evidence: Pick<Evidence, K> & Partial<Pick<Evidence, U>>): Outcome;
}

/** A rule without its evidence types, for the list of all rules. */
// oxlint-disable-next-line typescript/no-explicit-any -- variance: a list of rules over different evidence
export type AnyRule = Rule<any, any>;

/** Infers the evidence that the rule may read; reading other evidence does not compile. */
export function defineRule<const K extends Kind, const U extends Kind = never>(rule: Rule<K, U>): Rule<K, U> {
  return rule;
}
