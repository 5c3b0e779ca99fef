import { packageDifference } from "../../assess/package-difference.ts";
import { versionDirection } from "../../vulnerabilities/difference/version-direction.ts";
import { vulnerabilityDifference } from "../../vulnerabilities/difference/vulnerability-difference.ts";
import type { DiffSide, DiffVulnerabilities, SbomDiff } from "./sbom-diff.ts";

/** Differences in packages, and in vulnerabilities if both sides were compared with data. */
export function compareSides(from: DiffSide, to: DiffSide): SbomDiff {
  const { changed, ...difference } = packageDifference(from.packages, to.packages);
  const vulnerabilities = vulnerabilitiesOf(from, to);
  return {
    from,
    to,
    difference: {
      ...difference,
      changed: changed.map((one) => ({ ...one, direction: versionDirection(one) })),
    },
    ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
  };
}

function vulnerabilitiesOf(
  { vulnerabilities: from }: DiffSide,
  { vulnerabilities: to }: DiffSide,
): DiffVulnerabilities | undefined {
  if (from === undefined || to === undefined) return undefined;
  return { from, to, ...vulnerabilityDifference(from.findings, to.findings) };
}
