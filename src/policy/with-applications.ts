import type { Policy } from "./policy.ts";

/** The policy with its map moved into the section about attestations, where it is used for judging. */
export function withApplications(policy: Policy): Policy {
  const { applications, attestations } = policy;
  if (applications === undefined || attestations === undefined) return policy;
  const builders = applications
    .filter(({ builds }) => builds !== false)
    .map(({ source, repositories, refs }) => ({
      source,
      repositories,
      ...(refs === undefined ? {} : { refs }),
    }));
  return { ...policy, attestations: { ...attestations, applications: builders } };
}
