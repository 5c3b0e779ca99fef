import type { Policy } from "../../policy/policy.ts";

/**
 * Hosts named by the platform, which may have private addresses. Any other host may come from the author of a
 * pod, who could use it to make the server connect to the cluster's internal network.
 *
 * @param insecureRegistries hosts named by the operator of the server
 */
export function privateHosts(
  { admission: { registries = [] } = {}, bases = [] }: Pick<Policy, "admission" | "bases">,
  insecureRegistries: readonly string[],
): readonly string[] {
  const ofBases = bases.map((base) => base.slice(0, base.indexOf("/")));
  return [...new Set([...registries, ...insecureRegistries, ...ofBases])];
}
