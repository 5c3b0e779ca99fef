import type { VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import { jsonText } from "../escape.ts";
import { layerOf, placeOf, type VulnerabilityScan } from "./scan.ts";

/** JSON with one object per finding, and the packages that were not compared. */
export function vulnerabilitiesJson(scan: VulnerabilityScan): string {
  const { subject, facts, outcome } = scan;
  const { matched, sources, compared, inert, unmatched, endOfLife, supportUnknown, cut } = facts;
  return `${jsonText({
    schema: "douane/vulnerabilities/v1",
    douane: scan.douane,
    subject,
    answer: ANSWERS[outcome.status],
    ...(outcome.status === "unproven" ? { reason: outcome.reason } : {}),
    matched,
    sources,
    compared,
    inert,
    findings: facts.findings.map((finding) => findingJson(finding, scan)),
    ...(cut === undefined ? {} : { cut }),
    unmatched,
    endOfLife,
    ...(supportUnknown === undefined ? {} : { supportUnknown }),
  })}\n`;
}

const ANSWERS = { pass: "yes", fail: "no", unproven: "unproven", "n/a": "n/a" } as const;

function findingJson(finding: VulnerabilityFinding, scan: VulnerabilityScan): object {
  const { id, aliases, component, ecosystem, fixedIn, severity, exploited, isMalware, published, ...rest } =
    finding;
  const { level, by, score, stated } = severity;
  const { type, name, namespace, source, ofBase } = component;
  const layer = layerOf(finding, scan);
  const blocks = scan.blocks(finding);
  return {
    id,
    aliases,
    purl: component.purl,
    type,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    ...(source === undefined ? {} : { source }),
    ecosystem,
    installed: component.version,
    fixed: fixedIn,
    severity: { value: level, source: by ?? null, ...(score === undefined ? {} : { score }), stated },
    exploited,
    malware: isMalware === true,
    ...(rest.epss === undefined ? {} : { epss: rest.epss }),
    ...(rest.decision === undefined ? {} : { decision: rest.decision }),
    ...(rest.uncertain === undefined ? {} : { uncertain: rest.uncertain }),
    ...(rest.summary === undefined ? {} : { summary: rest.summary }),
    ...(published === undefined ? {} : { published }),
    ...(rest.vex === undefined ? {} : { vex: rest.vex }),
    ...(component.path === undefined ? {} : { path: placeOf(finding) }),
    ...(layer === undefined ? {} : { layer }),
    base: ofBase === true,
    ...(blocks === undefined ? {} : { blocks }),
  };
}
