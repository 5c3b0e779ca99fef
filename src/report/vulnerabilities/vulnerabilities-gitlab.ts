import type { Lang } from "../../contract/text.ts";
import type { VulnerabilityFinding, VulnerabilityLevel } from "../../contract/vulnerability-facts.ts";
import { jsonText, visible } from "../escape.ts";
import type { VulnerabilityScan } from "./scan.ts";

/**
 * Version of the security report schemas
 * (https://gitlab.com/gitlab-org/security-products/security-report-schemas).
 */
const SCHEMA_VERSION = "15.0.7";

/** Report `container_scanning` of GitLab. */
export function vulnerabilitiesGitLab(scan: VulnerabilityScan, lang: Lang): string {
  const by = { id: "douane", name: "douane", version: scan.douane, vendor: { name: "douane" } };
  const time = scan.at.slice(0, "2026-11-27T00:00:00".length);
  return `${jsonText({
    version: SCHEMA_VERSION,
    scan: {
      analyzer: by,
      scanner: by,
      type: "container_scanning",
      status: "success",
      start_time: time,
      end_time: time,
    },
    vulnerabilities: scan.facts.findings.map((finding) => vulnerability(finding, scan, lang)),
    remediations: [],
  })}\n`;
}

function vulnerability(finding: VulnerabilityFinding, scan: VulnerabilityScan, lang: Lang): object {
  const { id, aliases, component, severity, summary } = finding;
  const { message, remedy } = scan.says(finding);
  return {
    id: visible(`${id} ${component.purl}`),
    name: visible(id),
    description: visible(summary === undefined ? message[lang] : `${summary} – ${message[lang]}`),
    severity: SEVERITIES[severity.level],
    solution: visible(remedy[lang]),
    identifiers: [id, ...aliases].map((name) => identifier(visible(name))),
    location: {
      dependency: { package: { name: visible(component.name) }, version: visible(component.version) },
      operating_system: visible(scan.subject.system ?? "unknown"),
      image: visible(scan.subject.name),
    },
  };
}

const SEVERITIES: Record<VulnerabilityLevel, string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  negligible: "Info",
  unknown: "Unknown",
};

function identifier(name: string): object {
  return { type: name.replace(/-.*$/s, "").toLowerCase(), name, value: name };
}
