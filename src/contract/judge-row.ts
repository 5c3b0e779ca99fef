import type { AcceptedFinding } from "./acceptance.ts";
import type { Evaluation } from "./evaluate.ts";
import type { Collected } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { type EvidenceKind, kindOfEvidence } from "./kinds.ts";
import type { Row, RowId, RuleId } from "./rows.ts";
import type { Answer, Doubt, JudgedFinding, Missing, Note, Proof, RowVerdict } from "./verdict.ts";
import { worst } from "./worst.ts";

/** Result of a rule, with findings that the platform accepted as false. */
export interface RuleResult extends Evaluation {
  readonly accepted: readonly AcceptedFinding[];
  /** Container that was judged; absent for an image alone, and for the subject as a whole. */
  readonly container?: string;
}

export interface RowContext {
  readonly collected: Collected;
  /** Rows that were judged before this row. */
  readonly earlier: ReadonlyMap<RowId, RowVerdict>;
}

/** An alternative of a row: its state, and whether one of its rules judged a trial. */
interface Alternative {
  readonly state: "proven" | "n/a" | "open";
  readonly tried: boolean;
  readonly proofs: readonly Proof[];
}

/**
 * Judges one row for one container. A fail of a bearing rule refutes the row, except that a presumed fail
 * does not if a trial proves the row. An error or unreadable evidence leaves the row unproven. One
 * alternative that passed completely proves it.
 *
 * @param bearing results of the rules that name the row
 */
export function judgeRow(
  row: Row,
  bearing: readonly RuleResult[],
  { collected, earlier }: RowContext,
): RowVerdict {
  const alternatives = row.proofs.map((members) => alternative(members, bearing));
  const proven = alternatives.filter(({ state }) => state === "proven");
  const tried = proven.some((one) => one.tried);
  const fails = bearing.flatMap(failsOf);
  const isOverruled = ({ presumed }: JudgedFinding): boolean => presumed && tried;
  const standing = fails.filter((fail) => !isOverruled(fail));
  const own = answerOf(bearing, alternatives, standing.length > 0);
  const failed = bearing.some(staysOpen);
  const derived = row.derivedFrom === undefined ? undefined : derive(row.derivedFrom, earlier, own, failed);
  const answer = derived?.answer ?? own;
  return {
    id: row.id,
    category: row.category,
    answer,
    proofs: proofsOf(alternatives, answer),
    findings: standing,
    notes: [...bearing.flatMap(notesOf), ...fails.filter(isOverruled)],
    doubts: answer === "unproven" ? bearing.flatMap(doubtsOf) : [],
    missing: answer === "unproven" ? missingOf(row.provenBy, collected) : [],
    ...(derived === undefined || derived.because.length === 0 ? {} : { because: derived.because }),
  };
}

function alternative(members: readonly RuleId[], bearing: readonly RuleResult[]): Alternative {
  const present: RuleResult[] = [];
  for (const id of members) for (const result of bearing) if (result.rule.id === id) present.push(result);
  const proofs = present.flatMap(proofOf);
  const settled = proofs.length === members.length && members.length > 0;
  const passed = present.some(({ outcome }) => outcome.status === "pass");
  return {
    state: !settled ? "open" : passed ? "proven" : "n/a",
    tried: present.some(({ rule }) => rule.needs.includes("trial")),
    proofs,
  };
}

/** Proof by a rule for its row, or the reason why the rule does not apply; empty if there is neither. */
function proofOf(result: RuleResult): readonly Proof[] {
  const { rule, outcome } = result;
  if (outcome.status === "pass") {
    const { proof: message, until } = outcome;
    return [{ rule: rule.id, message, ...containerOf(result), ...(until === undefined ? {} : { until }) }];
  }
  if (outcome.status === "n/a") return [{ rule: rule.id, message: outcome.reason, ...containerOf(result) }];
  return [];
}

function containerOf({ container }: RuleResult): { readonly container?: string } {
  return container === undefined ? {} : { container };
}

function answerOf(
  bearing: readonly RuleResult[],
  alternatives: readonly Alternative[],
  refuted: boolean,
): Answer {
  if (refuted) return "no";
  if (bearing.some(staysOpen)) return "unproven";
  if (alternatives.some(({ state }) => state === "proven")) return "yes";
  if (alternatives.some(({ state }) => state === "n/a")) return "n/a";
  return "unproven";
}

/**
 * Whether no other rule can outweigh this result: the rule failed with an error, could not read its evidence,
 * or has a doubt about the row.
 */
function staysOpen({ outcome }: RuleResult): boolean {
  if (outcome.status !== "unproven") return outcome.status === "error";
  return outcome.unreadable === true || outcome.doubtful === true;
}

/**
 * Verdict on a derived row: the worst answer of the rows that it depends on. The row's own rules can only
 * refute the row, or leave it unproven by an error.
 */
function derive(
  from: readonly RowId[],
  earlier: ReadonlyMap<RowId, RowVerdict>,
  own: Answer,
  failed: boolean,
): { readonly answer: Answer; readonly because: readonly RowId[] } {
  const answers = from.map((id) => earlier.get(id)?.answer ?? "unproven");
  const inherited = worst(answers);
  const because = from.filter((_, index) => answers[index] === inherited);
  if (own === "no") return { answer: "no", because: inherited === "no" ? because : [] };
  if (failed && inherited !== "no")
    return { answer: "unproven", because: inherited === "unproven" ? because : [] };
  return { answer: inherited, because: inherited === "no" || inherited === "unproven" ? because : [] };
}

/** Findings by result, cached: a result of the whole subject bears on each of its containers, and on several rows. */
const FAILS = new WeakMap<RuleResult, readonly JudgedFinding[]>();

function failsOf(result: RuleResult): readonly JudgedFinding[] {
  const { rule, outcome } = result;
  if (outcome.status !== "fail") return [];
  const known = FAILS.get(result);
  if (known !== undefined) return known;
  const fails = outcome.findings.map((finding) => ({
    ...containerOf(result),
    ...finding,
    rule: rule.id,
    remedy: finding.remedy ?? rule.remedy,
    presumed: outcome.presumed === true,
  }));
  FAILS.set(result, fails);
  return fails;
}

function notesOf(result: RuleResult): readonly Note[] {
  const { rule, outcome, accepted } = result;
  const own = outcome.status === "error" ? [] : (outcome.notes ?? []);
  if (own.length + accepted.length === 0) return [];
  const by = { ...containerOf(result), rule: rule.id };
  return [
    ...own.map((finding: Finding) => ({ ...by, ...finding })),
    ...accepted.map(({ finding, acceptance }) => ({ ...by, ...finding, accepted: acceptance })),
  ];
}

function proofsOf(alternatives: readonly Alternative[], answer: Answer): readonly Proof[] {
  if (answer !== "yes" && answer !== "n/a") return [];
  const state = answer === "yes" ? "proven" : "n/a";
  return alternatives.filter((one) => one.state === state).flatMap(({ proofs }) => proofs);
}

function doubtsOf(result: RuleResult): readonly Doubt[] {
  const { rule, outcome } = result;
  const by = { ...containerOf(result), rule: rule.id };
  if (outcome.status === "error") {
    return [
      {
        ...by,
        reason: {
          fr: `la règle a échoué sur une erreur : ${outcome.message}`,
          en: `the rule stopped with an error: ${outcome.message}`,
        },
      },
    ];
  }
  if (outcome.status !== "unproven") return [];
  const settle = outcome.settle === undefined ? {} : { settle: outcome.settle };
  return [{ ...by, reason: outcome.reason, ...settle }];
}

function missingOf(kinds: readonly EvidenceKind[], collected: Collected): readonly Missing[] {
  const have: readonly string[] = Object.keys(collected);
  return kinds
    .filter((kind) => !have.includes(kind))
    .map((evidence) => {
      const { command } = kindOfEvidence(evidence);
      return command === undefined ? { evidence } : { evidence, command };
    });
}
