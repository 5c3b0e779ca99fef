import { type EvidenceKind, kindOfEvidence } from "../contract/kinds.ts";
import type { RowId, RuleId } from "../contract/rows.ts";
import type { Text } from "../contract/text.ts";
import type { Acceptance, RowVerdict, Verdict } from "../contract/verdict.ts";
import { dedupeFindings } from "./dedupe-findings.ts";
import type { Location } from "./merge-containers.ts";
import { bindingRows } from "./next-steps.ts";

/** A cause shared by applications: of refusal, of missing proof, or of advice. */
export interface Cause {
  /** Number of the cause in its report, from 0, in order of first occurrence. */
  readonly number: number;
  /** Message of the finding or doubt, or the missing evidence. */
  readonly message: Text;
  /** Rule of a finding or doubt. */
  readonly rule?: RuleId;
  /** First row that the cause affects. */
  readonly row: RowId;
  /** Kind of missing evidence. */
  readonly evidence?: EvidenceKind;
  /** Command that collects the missing evidence. */
  readonly command?: string;
  readonly remedy?: Text;
  /** Set if a trial can prove the opposite. */
  readonly presumed?: boolean;
  /** Acceptance, if the platform accepted the finding as false. */
  readonly accepted?: Acceptance;
  /** First place of the cause. */
  readonly first?: Location;
  /** Number of applications with this cause. */
  readonly applications: number;
  /** Number of applications refused for this cause alone. */
  readonly alone: number;
  /** Numbers of the first applications with this cause, from 0. */
  readonly among: readonly number[];
  /** Number of places in all applications. */
  readonly places: number;
  /** First places of the cause. */
  readonly locations: readonly Location[];
}

/**
 * `refused`: findings that decide; `open`: why rows that decide are unproven; `advised`: findings that
 * do not decide; `accepted`: findings that the platform accepted as false.
 */
export type CauseGroup = "refused" | "open" | "advised" | "accepted";

/** Distinct messages kept per rule: an image can produce any number. */
const FORMS = 5;
/** Maximum number of applications named per cause; the others are counted. */
const NAMED = 50;
/** Maximum number of places named per cause; the others are counted. */
const SPOTS = 6;
const OTHERS: Text = {
  fr: "autres constats de cette règle",
  en: "other findings of this rule",
};

type Said = Omit<Cause, "number" | "applications" | "alone" | "among" | "places" | "locations">;

interface Counted {
  readonly cause: Said;
  readonly number: number;
  applications: number;
  alone: number;
  readonly among: number[];
  places: number;
  readonly locations: Location[];
  readonly group: CauseGroup;
  /** Number of the last application counted. */
  last: number;
}

/**
 * Collects causes while verdicts arrive. Only counts and the first place of a cause are kept, so memory does
 * not grow with the number of applications.
 */
export class Causes {
  readonly #groups = {
    refused: new Map<string, Counted>(),
    open: new Map<string, Counted>(),
    advised: new Map<string, Counted>(),
    accepted: new Map<string, Counted>(),
  } as const satisfies Record<CauseGroup, Map<string, Counted>>;
  readonly #forms = new Map<string, number>();
  #application = 0;
  #causes = 0;
  /** Causes of the application being added. */
  #own: Set<Counted> = new Set();

  /** @returns numbers of the application's causes */
  add(verdict: Verdict): readonly number[] {
    this.#application += 1;
    this.#own = new Set();
    const binding = new Set(bindingRows(verdict).map(({ id }) => id));
    for (const { item, rows } of dedupeFindings(verdict.rows, ({ findings }) => findings)) {
      const { message, rule, remedy, presumed } = item;
      const said = { row: rows[0], message, rule, remedy, presumed, first: spotOf(item) };
      this.#count(binding.has(rows[0]) ? "refused" : "advised", said);
    }
    for (const { item, rows } of dedupeFindings(verdict.rows, ({ notes }) => notes)) {
      const { message, rule, accepted } = item;
      if (accepted === undefined) continue;
      this.#count("accepted", { row: rows[0], message, rule, accepted, first: spotOf(item) });
    }
    for (const row of verdict.rows) {
      if (row.answer === "unproven" && binding.has(row.id)) this.#open(row);
    }
    const [only, ...others] = [...this.#own].filter(({ group }) => group === "refused");
    if (only !== undefined && others.length === 0) only.alone += 1;
    return [...this.#own].map(({ number }) => number);
  }

  /** Causes of a group, most applications first. */
  of(group: CauseGroup): readonly Cause[] {
    return [...this.#groups[group].values()]
      .map(({ cause, last: _last, group: _group, ...counts }): Cause => ({ ...cause, ...counts }))
      .sort((a, b) => b.applications - a.applications);
  }

  /** Counts missing evidence, and doubts that no further evidence can resolve. */
  #open({ id: row, missing, doubts }: RowVerdict): void {
    for (const { evidence, command } of missing) {
      const by = command === undefined ? {} : { command };
      this.#count("open", { row, message: kindOfEvidence(evidence).name, evidence, ...by });
    }
    for (const { rule, reason, settle, container } of missing.length > 0 ? [] : doubts) {
      const first = container === undefined ? {} : { first: { container } };
      const remedy = settle === undefined ? {} : { remedy: settle };
      this.#count("open", { row, message: reason, rule, ...remedy, ...first });
    }
  }

  #count(group: CauseGroup, cause: Said): void {
    const held = this.#groups[group];
    const known = held.get(keyOf(cause)) ?? this.#form(group, cause);
    this.#own.add(known);
    known.places += 1;
    if (cause.first !== undefined && known.locations.length < SPOTS) known.locations.push(cause.first);
    if (known.last === this.#application) return;
    known.last = this.#application;
    known.applications += 1;
    if (known.among.length < NAMED) known.among.push(this.#application - 1);
  }

  /**
   * The cause of a message: a new cause, or the collective cause of its rule if the rule has enough messages.
   */
  #form(group: CauseGroup, cause: Said): Counted {
    const rule = `${group} ${cause.rule}`;
    const forms = this.#forms.get(rule) ?? 0;
    const { first: _first, ...rest } = cause;
    const told = forms < FORMS ? cause : { ...rest, message: OTHERS };
    this.#forms.set(rule, forms + 1);
    const held = this.#groups[group].get(keyOf(told));
    if (held !== undefined) return held;
    const number = this.#causes;
    this.#causes += 1;
    const none = { applications: 0, alone: 0, among: [], places: 0, locations: [], last: 0 };
    const counted = { cause: told, number, group, ...none };
    this.#groups[group].set(keyOf(told), counted);
    return counted;
  }
}

function spotOf({ container, at }: Location): Location {
  return { ...(container === undefined ? {} : { container }), ...(at === undefined ? {} : { at }) };
}

function keyOf({ rule, evidence, message, accepted }: Said): string {
  return `${rule ?? evidence}\n${message.en}\n${accepted?.reason ?? ""}`;
}
