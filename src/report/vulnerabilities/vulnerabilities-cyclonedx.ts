import type { VulnerabilityFinding, VulnerabilityLevel } from "../../contract/vulnerability-facts.ts";
import { jsonText, visible } from "../escape.ts";
import type { VulnerabilityScan } from "./scan.ts";

/**
 * Document in CycloneDX JSON (https://cyclonedx.org/docs/1.6/json/#vulnerabilities): vulnerabilities, and the
 * affected components.
 */
export function vulnerabilitiesCycloneDx({ subject, facts, douane, at }: VulnerabilityScan): string {
  const { findings } = facts;
  const affected = new Map(findings.map(({ component }) => [component.purl, component]));
  return `${jsonText({
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      timestamp: at,
      tools: { components: [{ type: "application", name: "douane", version: douane }] },
      component: {
        type: "container",
        name: visible(subject.name),
        ...(subject.digest === undefined ? {} : { version: subject.digest }),
      },
    },
    components: [...affected.values()].map(({ purl, name, version }) => ({
      type: "library",
      "bom-ref": purl,
      name,
      ...(version === "" ? {} : { version }),
      purl,
    })),
    vulnerabilities: vulnerabilitiesOf(findings),
  })}\n`;
}

function vulnerabilitiesOf(findings: readonly VulnerabilityFinding[]): readonly object[] {
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

/** Issuer of identifiers with this prefix. */
function sourceOf(name: string): string {
  return name.replace(/-.*$/s, "");
}
