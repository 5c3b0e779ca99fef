import { type EvidenceKind, gatheredAs, kindOfEvidence } from "./kinds.ts";
import type { Row, RowId } from "./rows.ts";
import type { AnyRule } from "./rule.ts";

type ByRow = Map<RowId, readonly EvidenceKind[]>;

/** Results by rules, cached, since the same rules judge many subjects. */
const known = new WeakMap<readonly AnyRule[], ByRow>();

/**
 * Evidence that can prove the row: required by the rules of its proofs, in their order; otherwise the
 * evidence that it awaits.
 */
export function provenBy(row: Row, rules: readonly AnyRule[]): readonly EvidenceKind[] {
  const byRow: ByRow = known.get(rules) ?? new Map();
  known.set(rules, byRow);
  const kinds = byRow.get(row.id) ?? kindsOf(row, rules);
  byRow.set(row.id, kinds);
  return kinds;
}

function kindsOf({ proofs, awaits = [] }: Row, rules: readonly AnyRule[]): readonly EvidenceKind[] {
  const members = proofs.flat().flatMap((id) => rules.filter((rule) => rule.id === id));
  const needs = members.flatMap((rule): readonly EvidenceKind[] => rule.needs);
  const gathered = needs.filter((kind) => kindOfEvidence(kind).always !== true).map(gatheredAs);
  return [...new Set([...gathered, ...awaits])];
}
