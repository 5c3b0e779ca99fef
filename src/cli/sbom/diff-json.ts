import type { z } from "zod";
import { packageName } from "../../contract/package-name.ts";
import type { VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import { jsonText } from "../../report/escape.ts";
import { VERSION } from "../process/version.ts";
import type { sbomDiffSchema } from "./diff-schema.ts";
import { countOf, type DiffSide, type DiffVulnerabilities, type SbomDiff } from "./sbom-diff.ts";

type DiffJson = z.input<typeof sbomDiffSchema>;

/** The difference as JSON, by sbomDiffSchema. */
export function diffJson({ from, to, difference, vulnerabilities }: SbomDiff): string {
  const { added, removed, changed, same } = difference;
  const json: DiffJson = {
    schema: "douane/sbom-diff/v1",
    douane: VERSION,
    from: side(from),
    to: side(to),
    added: added.map((one) => ({ ...one, versions: [...one.versions] })),
    removed: removed.map((one) => ({ ...one, versions: [...one.versions] })),
    changed: changed.map((one) => ({ ...one, from: [...one.from], to: [...one.to] })),
    same,
    vulnerabilities:
      vulnerabilities === undefined ? { compared: false } : vulnerabilitiesJson(vulnerabilities),
  };
  return `${jsonText(json)}\n`;
}

function side(one: DiffSide): DiffJson["from"] {
  const { packages: _packages, vulnerabilities: _vulnerabilities, gaps, ...about } = one;
  return { ...about, packages: countOf(one), unread: gaps.map((gap) => ({ ...gap })) };
}

function vulnerabilitiesJson({
  from,
  to,
  gained,
  lost,
  same,
}: DiffVulnerabilities): DiffJson["vulnerabilities"] {
  const about = ({ findings, doubts }: typeof from) => ({ findings: findings.length, doubts: [...doubts] });
  return {
    compared: true,
    matched: to.matched,
    sources: to.sources.map(({ name, date }) => ({ name, date })),
    from: about(from),
    to: about(to),
    gained: gained.map(findingJson),
    lost: lost.map(findingJson),
    same,
  };
}

type FindingJson = Extract<DiffJson["vulnerabilities"], { readonly compared: true }>["gained"][number];

function findingJson(finding: VulnerabilityFinding): FindingJson {
  const { id, aliases, component, fixedIn, severity, exploited, isMalware, uncertain } = finding;
  const { level, by, score } = severity;
  return {
    id,
    aliases: [...aliases],
    type: component.type,
    name: packageName(component),
    purl: component.purl,
    installed: component.version,
    fixed: [...fixedIn],
    severity: { value: level, source: by ?? null, ...(score === undefined ? {} : { score }) },
    exploited: exploited.map((one) => ({ ...one })),
    malware: isMalware === true,
    ...(uncertain === undefined ? {} : { uncertain }),
  };
}
