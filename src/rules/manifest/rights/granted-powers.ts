import type { PolicyRuleFacts, RightsEffect } from "../../../contract/related-facts.ts";
import type { Text } from "../../../contract/text.ts";
import { builtInPowers } from "./built-in-roles.ts";
import { powersOf } from "./powers.ts";

/** Powers of a role that is bound. */
export interface GrantedPowers {
  readonly powers: readonly Text[];
  /** Set if all rules of the role are known; otherwise the role may have more powers. */
  readonly isComplete: boolean;
}

/**
 * Powers from the rules of a role, from rules that a controller adds, and from rules that every cluster gives
 * a role of this name. A manifest of the same name does not remove the latter, since the API server restores
 * them when it starts.
 */
export function grantedPowers({
  role,
  rules,
  aggregated = [],
  aggregatedRoles = [],
  isCut,
  openTo,
}: RightsEffect): GrantedPowers {
  const builtIn = builtInPowers(role);
  const powers = [
    ...(builtIn ?? []),
    ...aggregatedRoles.flatMap((name) => builtInPowers(`ClusterRole/${name}`) ?? []),
    ...powersOf(
      [...(rules ?? []), ...aggregated].map((rule) => (openTo === undefined ? rule : onAnyName(rule))),
    ),
  ];
  const once = new Map(powers.map((power) => [power.en, power]));
  return {
    powers: [...once.values()],
    isComplete: isCut !== true && (builtIn !== undefined || rules !== undefined),
  };
}

/**
 * The rule without its restriction to names: for a caller outside the application, a single object suffices
 * to get in.
 */
function onAnyName(rule: PolicyRuleFacts): PolicyRuleFacts {
  return { ...rule, resourceNames: [] };
}
