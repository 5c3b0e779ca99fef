import type { RuleId } from "../contract/rows.ts";
import type { AnyRule } from "../contract/rule.ts";
import { DOCKERFILE_RULES } from "./dockerfile-rule-list.ts";
import { IMAGE_RULES } from "./image-rule-list.ts";
import { MANIFEST_RULES } from "./manifest-rule-list.ts";
import { inContractOrder, ON_DEMAND, type RuleSet } from "./rule-set.ts";
import { noCriticalVulnerabilities } from "./supply-chain/2.2-no-critical-vulnerabilities.ts";
import { ATTESTED_RULES } from "./supply-chain/attested-list.ts";
import { onTrials, TRIAL_RULES } from "./trial-rule-list.ts";

/** Every rule, in the contract's order. A test compares the lists with the folders. */
export const RULES: readonly AnyRule[] = inContractOrder([
  ...IMAGE_RULES,
  ...MANIFEST_RULES,
  ...DOCKERFILE_RULES,
  ...TRIAL_RULES,
  noCriticalVulnerabilities,
  ...ATTESTED_RULES,
]).map(onTrials);

/** Every rule, for evidence of every kind. */
export const ALL_RULES: RuleSet = { kinds: ON_DEMAND, rules: RULES };

/** Rule with this id. @throws Error if there is none */
export function ruleOf(id: RuleId): AnyRule {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}
