import type { Policy } from "../../policy/policy.ts";

/**
 * Hosts that the platform named, which may be at private addresses: whoever may create pods names all the others, and
 * could have the server connect to what only the cluster's own network reaches.
 *
 * @param insecureRegistries hosts that the server's operator named
 */
export function privateHosts(
  { admission: { registries = [] } = {}, bases = [] }: Pick<Policy, "admission" | "bases">,
  insecureRegistries: readonly string[],
): readonly string[] {
  const ofBases = bases.map((base) => base.slice(0, base.indexOf("/")));
  return [...new Set([...registries, ...insecureRegistries, ...ofBases])];
}
