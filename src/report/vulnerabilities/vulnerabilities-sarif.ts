import type { Lang } from "../../contract/text.ts";
import type { VulnerabilityFinding, VulnerabilityLevel } from "../../contract/vulnerability-facts.ts";
import { jsonText, messageText, visible } from "../escape.ts";
import { placeOf, type VulnerabilityScan } from "./scan.ts";

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): one rule per vulnerability, one result per
 * package.
 */
export function vulnerabilitiesSarif(scan: VulnerabilityScan, lang: Lang): string {
  const { findings } = scan.facts;
  const byId = [...Map.groupBy(findings, ({ id }) => id)];
  const rules = byId.flatMap(([id, all]) => all.slice(0, 1).map((finding) => ruleOf(id, finding)));
  const indexes = new Map(byId.map(([id], index) => [id, index]));
  return `${jsonText({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "douane", version: scan.douane, language: lang, rules } },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: visible(finding.id),
          ruleIndex: indexes.get(finding.id),
          level: levelOf(finding, scan),
          message: { text: sentence(messageText(scan.says(finding).message[lang])) },
          locations: [
            { logicalLocations: [{ fullyQualifiedName: visible(placeOf(finding)), kind: "package" }] },
          ],
          partialFingerprints: { "vulnerability/v1": `${finding.id} ${finding.component.purl}` },
        })),
      },
    ],
  })}\n`;
}

function ruleOf(id: string, { aliases, summary, severity }: VulnerabilityFinding): object {
  const names = [id, ...aliases].map(messageText).join(", ");
  return {
    id: visible(id),
    shortDescription: { text: sentence(summary === undefined ? names : messageText(summary)) },
    fullDescription: { text: sentence(names) },
    properties: {
      "security-severity": (severity.score ?? SCORES[severity.level]).toFixed(1),
      tags: ["security"],
    },
  };
}

/** Scores for viewers that read only numbers. */
const SCORES: Record<VulnerabilityLevel, number> = {
  critical: 9,
  high: 7,
  medium: 4,
  low: 1,
  negligible: 0,
  unknown: 0,
};

function levelOf(finding: VulnerabilityFinding, { blocks }: VulnerabilityScan): "error" | "warning" | "note" {
  if (blocks(finding) !== undefined) return "error";
  const { level } = finding.severity;
  return level === "high" || level === "medium" || level === "unknown" ? "warning" : "note";
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
