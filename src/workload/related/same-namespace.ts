import { isOneBranch } from "../environments/one-branch.ts";
import type { OtherEnvironments, PlacedWorkload } from "../environments/other-environments.ts";
import type { RelatedRead } from "./related-object.ts";

/**
 * Whether an object is in the cluster and namespace of a workload. If an object or workload has no namespace,
 * folders decide: parents and children match, siblings are other environments or other applications.
 */
export function isNear(one: RelatedRead, workload: PlacedWorkload, environments: OtherEnvironments): boolean {
  const { environment } = one;
  const { facts, folder } = workload;
  const { environment: own } = facts;
  if (environment !== undefined && own !== undefined && environment !== own) return false;
  const isBeside = isOneBranch(folder, one.folder);
  return mayBeNear(one, facts, isBeside) && (isBeside || !environments.includes(one.folder, workload));
}

function mayBeNear(
  { namespace, isOfCluster, bearing }: RelatedRead,
  facts: PlacedWorkload["facts"],
  isBeside: boolean,
): boolean {
  if (isOfCluster && (bearing.kind === "mutation" || bearing.kind === "api-extension")) return true;
  if (bearing.kind === "exemption") return isBeside || bearing.exempts(facts)?.holds === "these-pods";
  const isNamed = facts.namespace !== undefined && (isOfCluster || namespace !== undefined);
  // A RoleBinding of another namespace gives the account rights over objects there.
  if (isNamed) return isOfCluster || namespace === facts.namespace || bearing.kind === "binding";
  return isBeside;
}
