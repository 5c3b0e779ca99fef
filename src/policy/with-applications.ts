import type { SourceApplication } from "../contract/attestation-policy.ts";
import type { Policy } from "./policy.ts";

/** The policy with its map moved into the section about attestations, which judging reads. */
export function withApplications(policy: Policy): Policy {
  const { applications, attestations } = policy;
  if (applications === undefined || attestations === undefined) return policy;
  const entries = (builds: boolean) =>
    applications
      .filter((one) => (one.builds ?? true) === builds)
      .map(
        ({ source, repositories, refs }): SourceApplication => ({
          source,
          repositories,
          ...(refs === undefined ? {} : { refs }),
        }),
      );
  const scanners = entries(false);
  return {
    ...policy,
    attestations: {
      ...attestations,
      applications: entries(true),
      ...(scanners.length === 0 ? {} : { scanners }),
    },
  };
}
