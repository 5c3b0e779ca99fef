import { VULNERABILITY_LEVELS, type VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import type { Advisory } from "../advisory.ts";
import { ecosystemOf } from "../ecosystems/ecosystem.ts";
import { affectedness } from "../ranges/affectedness.ts";
import { installedVersion } from "../ranges/installed-version.ts";
import type { VersionScheme } from "../versions/version-scheme.ts";

/** A finding of one component, with the records that it is based on. */
export interface RecordedFinding {
  readonly finding: VulnerabilityFinding;
  readonly records: readonly Pick<Advisory, "affected">[];
}

/**
 * One component's findings, each with the version to update to. A version that fixes one finding is often
 * affected by equally severe findings. The proposed version is therefore the highest of the single fixes,
 * provided that no record of the findings affects it.
 */
export function withCommonFix(found: readonly RecordedFinding[]): readonly VulnerabilityFinding[] {
  const [first, ...others] = found;
  const scheme = first && ecosystemOf(first.finding.ecosystem)?.scheme;
  if (scheme === undefined || others.length === 0) return found.map(({ finding }) => finding);
  const byGravity = new Map<number, string | undefined>();
  return found.map(({ finding }) => {
    const gravity = gravityOf(finding);
    if (!byGravity.has(gravity)) {
      const asGrave = found.filter((one) => gravityOf(one.finding) <= gravity);
      byGravity.set(gravity, commonRepair(asGrave, scheme));
    }
    const updateTo = byGravity.get(gravity);
    const isOwn = updateTo === undefined || finding.fixedIn.length === 0 || updateTo === finding.fixedIn[0];
    return isOwn ? finding : { ...finding, updateTo };
  });
}

/** Rank of a finding: blocking findings first, then critical findings, and so on. */
function gravityOf({ isMalware, exploited, severity }: VulnerabilityFinding): number {
  const isBlocking = isMalware === true || exploited.length > 0;
  return isBlocking ? -1 : VULNERABILITY_LEVELS.indexOf(severity.level);
}

function commonRepair(found: readonly RecordedFinding[], scheme: VersionScheme): string | undefined {
  const repairable = found.filter(({ finding }) => finding.fixedIn.length > 0);
  const [highest] = repairable
    .flatMap(({ finding }) => finding.fixedIn.slice(0, 1))
    .toSorted((a, b) => scheme.compare(b, a) ?? 0);
  if (highest === undefined) return undefined;
  const taken = installedVersion(highest, scheme);
  const records = repairable.flatMap((one) => one.records);
  const isRepaired = records.every(({ affected }) => affectedness(affected, taken).status === "not-affected");
  return isRepaired ? highest : undefined;
}
