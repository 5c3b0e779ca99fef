import type { VulnerabilityFinding, VulnerabilityLevel } from "../../contract/vulnerability-facts.ts";
import { visible } from "../escape.ts";

/** What a CycloneDX document says of vulnerabilities (https://cyclonedx.org/docs/1.6/json/#vulnerabilities); `ref`s are purls. */
export function cycloneDxVulnerabilities(findings: readonly VulnerabilityFinding[]): readonly object[] {
  const byId = [...Map.groupBy(findings, ({ id }) => id)];
  return byId.flatMap(([id, all]) => all.slice(0, 1).map((first) => vulnerability(id, first, all)));
}

function vulnerability(
  id: string,
  { aliases, severity, summary, published }: VulnerabilityFinding,
  all: readonly VulnerabilityFinding[],
): object {
  const ratings = severity.stated.map(({ by, level, score }) => ({
    source: { name: visible(by) },
    ...(score === undefined ? {} : { score }),
    severity: SEVERITIES[level],
  }));
  const fixes = [
    ...new Set(all.flatMap(({ component, fixedIn }) => fixedIn.map((fix) => `${component.name} ${fix}`))),
  ];
  return {
    "bom-ref": `vulnerability:${id}`,
    id,
    ...(aliases.length === 0
      ? {}
      : { references: aliases.map((alias) => ({ id: alias, source: { name: sourceOf(alias) } })) }),
    ratings: ratings.length === 0 ? [{ severity: SEVERITIES[severity.level] }] : ratings,
    ...(summary === undefined ? {} : { description: summary }),
    ...(fixes.length === 0 ? {} : { recommendation: fixes.join(", ") }),
    ...(published === undefined || Number.isNaN(Date.parse(published))
      ? {}
      : { published: new Date(published).toISOString() }),
    affects: all.map(({ component: { purl, version } }) => ({
      ref: purl,
      versions: [{ version, status: "affected" }],
    })),
  };
}

const SEVERITIES: Record<VulnerabilityLevel, string> = {
  critical: "critical",
  high: "high",
  medium: "medium",
  low: "low",
  negligible: "none",
  unknown: "unknown",
};

/** Who gives out names of this kind. */
function sourceOf(name: string): string {
  const [prefix = name] = name.split("-");
  return prefix;
}
