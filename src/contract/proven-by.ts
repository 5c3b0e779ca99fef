import { type EvidenceKind, gatheredAs } from "./kinds.ts";
import type { Row, RuleId } from "./rows.ts";
import type { AnyRule } from "./rule.ts";

const byId = new WeakMap<readonly AnyRule[], ReadonlyMap<RuleId, AnyRule>>();

/** What can prove the row: the evidence that the rules of its proofs need, in their order; else what it awaits. */
export function provenBy({ proofs, awaits = [] }: Row, rules: readonly AnyRule[]): readonly EvidenceKind[] {
  const known = byId.get(rules) ?? new Map(rules.map((rule) => [rule.id, rule]));
  byId.set(rules, known);
  const needs = proofs.flat().flatMap((id): readonly EvidenceKind[] => known.get(id)?.needs ?? []);
  return [...new Set([...needs.map(gatheredAs), ...awaits])];
}
