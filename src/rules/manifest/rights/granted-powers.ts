import type { PolicyRuleFacts, RightsEffect } from "../../../contract/related-facts.ts";
import type { Text } from "../../../contract/text.ts";
import { builtInPowers } from "./built-in-roles.ts";
import { powersOf } from "./powers.ts";

/** Powers of a role that is bound. */
export interface GrantedPowers {
  readonly powers: readonly Text[];
  /** All rules of the role are known; otherwise it may have more powers. */
  readonly isComplete: boolean;
}

/**
 * Powers from the rules of a role, from those that a controller adds to it, and from those that every cluster
 * gives a role of this name: a manifest of the same name takes none of these away, since the API server
 * restores them when it starts.
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

/** A rule as if about all names: a caller that is no part of the application gets in by one object, too. */
function onAnyName(rule: PolicyRuleFacts): PolicyRuleFacts {
  return { ...rule, resourceNames: [] };
}
