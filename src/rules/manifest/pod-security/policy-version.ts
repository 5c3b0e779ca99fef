import type { ClusterFacts } from "../../../contract/evidence.ts";

/** The newest version of Pod Security that the tables of these rules know. */
const NEWEST_KNOWN = 37;

/** The version of the policy that applies: a newer cluster is judged by the newest that is known. */
export function policyVersion({ minor }: ClusterFacts): string {
  return `1.${Math.min(minor, NEWEST_KNOWN)}`;
}
