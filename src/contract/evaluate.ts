import type { Collected, Kind } from "./evidence.ts";
import type { AnyRule, Outcome } from "./rule.ts";

/** What became of one rule: its outcome, or the error that it threw. */
export interface Evaluation {
  readonly rule: AnyRule;
  readonly outcome: Outcome | { readonly status: "error"; readonly message: string };
}

/** Runs the rules whose evidence was collected; the others are left out, which proves nothing. */
export function evaluate(rules: readonly AnyRule[], collected: Collected): readonly Evaluation[] {
  return rules
    .filter((rule) => rule.needs.every((kind: Kind) => collected[kind] !== undefined))
    .map((rule) => ({ rule, outcome: run(rule, collected) }));
}

function run(rule: AnyRule, collected: Collected): Evaluation["outcome"] {
  try {
    return rule.check(collected);
  } catch (error) {
    return { status: "error", message: error instanceof Error ? error.message : String(error) };
  }
}
