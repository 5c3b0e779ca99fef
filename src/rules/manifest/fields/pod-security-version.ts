import type { ClusterFacts } from "../../../contract/evidence.ts";

/** Newest minor version of Pod Security in the tables of these rules. */
const NEWEST_KNOWN = 37;

/** Version of the policy for a cluster; for a newer cluster, the newest known version. */
export function policyVersion({ minor }: ClusterFacts): string {
  return `1.${Math.min(minor, NEWEST_KNOWN)}`;
}
