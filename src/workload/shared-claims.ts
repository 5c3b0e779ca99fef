import type { RawWorkload } from "../contract/workload-facts.ts";
import type { OtherEnvironments, PlacedWorkload } from "./environments/other-environments.ts";
import { isOneNamespace } from "./node-volumes.ts";

/** Workloads by the claims that their pods name. */
export type ClaimUsers = ReadonlyMap<string, readonly PlacedWorkload[]>;

export function claimUsers(workloads: readonly PlacedWorkload[]): ClaimUsers {
  const users = new Map<string, PlacedWorkload[]>();
  for (const one of workloads) {
    for (const name of namedClaims(one.facts)) {
      const known = users.get(name) ?? [];
      known.push(one);
      users.set(name, known);
    }
  }
  return users;
}

function namedClaims({ claims }: RawWorkload): ReadonlySet<string> {
  return new Set(claims.flatMap(({ name, source }) => (source === "claim" ? [name] : [])));
}

/** The facts, with the first other workload of the same namespace and environment that mounts each claim. */
export function withSharedClaims(
  users: ClaimUsers,
  workload: PlacedWorkload,
  environments: OtherEnvironments,
): RawWorkload {
  const { facts } = workload;
  if (facts.claims.length === 0) return facts;
  const claims = facts.claims.map((claim) => {
    if (claim.source !== "claim") return claim;
    const other = users.get(claim.name)?.find((one) => {
      return (
        nameOf(one.facts) !== nameOf(facts) &&
        isOneNamespace(one.facts.namespace, facts.namespace) &&
        !environments.includes(one.folder, workload)
      );
    });
    return other === undefined ? claim : { ...claim, sharedWith: nameOf(other.facts) };
  });
  return { ...facts, claims };
}

function nameOf({ kind, name }: RawWorkload): string {
  return `${kind}/${name}`;
}
