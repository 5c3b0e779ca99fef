import type { Kind } from "../contract/evidence.ts";
import type { AnyRule } from "../contract/rule.ts";

/** Kinds of evidence that many runs lack. Rules that need such a kind are loaded together with it. */
export const ON_DEMAND = [
  "workload",
  "dockerfile",
  "trial",
  "vulnerabilities",
  "attestations",
] as const satisfies readonly Kind[];
export type OnDemand = (typeof ON_DEMAND)[number];

/** Rules to be evaluated, in the contract's order. */
export interface RuleSet {
  /**
   * On-demand kinds whose rules are in the list; evidence of another kind must not be judged with this list.
   */
  readonly kinds: readonly OnDemand[];
  readonly rules: readonly AnyRule[];
}

/** Rules that select files of the image. None of the rules on demand does (tested). */
export async function selectingRules(): Promise<readonly AnyRule[]> {
  const { IMAGE_RULES } = await import("./image-rule-list.ts");
  return IMAGE_RULES.filter(({ files = [] }) => files.length > 0);
}

/** Rules that read only attestations, without the rules for images. */
export async function attestedRules(): Promise<readonly AnyRule[]> {
  return (await import("./supply-chain/attested-list.ts")).ATTESTED_RULES;
}

/** Loads the rules for images, and rules that need evidence of these kinds. */
export async function rulesFor(kinds: readonly OnDemand[]): Promise<RuleSet> {
  const [{ IMAGE_RULES }, manifest, dockerfile, trial, vulnerabilities, attested] = await Promise.all([
    import("./image-rule-list.ts"),
    kinds.includes("workload") ? import("./manifest-rule-list.ts") : undefined,
    kinds.includes("dockerfile") ? import("./dockerfile-rule-list.ts") : undefined,
    kinds.includes("trial") ? import("./trial-rule-list.ts") : undefined,
    kinds.includes("vulnerabilities")
      ? import("./supply-chain/2.2-no-critical-vulnerabilities.ts")
      : undefined,
    kinds.includes("attestations") ? import("./supply-chain/attested-list.ts") : undefined,
  ]);
  const rules = inContractOrder([
    ...IMAGE_RULES,
    ...(manifest?.MANIFEST_RULES ?? []),
    ...(dockerfile?.DOCKERFILE_RULES ?? []),
    ...(trial?.TRIAL_RULES ?? []),
    ...(vulnerabilities === undefined ? [] : [vulnerabilities.noCriticalVulnerabilities]),
    ...(attested?.ATTESTED_RULES ?? []),
  ]);
  return { kinds, rules: trial === undefined ? rules : rules.map(trial.onTrials) };
}

/** The rules by the contract's clauses; rules of one clause keep their order. */
export function inContractOrder(rules: readonly AnyRule[]): readonly AnyRule[] {
  const clause = ({ id }: AnyRule): string => id.slice(0, id.indexOf("-"));
  return rules.toSorted((a, b) => (clause(a) < clause(b) ? -1 : Number(clause(a) > clause(b))));
}
