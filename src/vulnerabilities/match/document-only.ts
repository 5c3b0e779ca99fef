import { isDistributions } from "../../contract/distribution-packages.ts";
import { LIMITS } from "../../contract/limits.ts";
import { packageOf } from "../../contract/package-key.ts";
import type { VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";
import type { VulnerabilityDatabase } from "../database.ts";
import { byGravity, matchComponents } from "./match-components.ts";

/**
 * The facts with vulnerabilities of packages that only the image's SBOMs name. Distribution packages are
 * omitted, since their source packages are unknown. The packages may be absent from the image, so they
 * neither count as compared nor are reported as incomparable.
 *
 * @param written see writtenKey()
 */
export function withDocumentOnly(
  found: VulnerabilityFacts,
  written: readonly string[],
  data: VulnerabilityDatabase,
  today: string,
): VulnerabilityFacts {
  const components = written.flatMap((one) => {
    const facts = packageOf(one);
    return facts === undefined || isDistributions(facts) ? [] : [{ facts, isOtherTools: true as const }];
  });
  if (components.length === 0) return found;
  const { findings, cut } = matchComponents(components, data, today);
  const stated = findings.map((finding) => ({
    ...finding,
    component: { ...finding.component, onlyStated: true as const },
  }));
  const all = [...found.findings, ...stated].toSorted(byGravity);
  const isCut = cut === true || all.length > LIMITS.vulnerabilityFindings;
  return {
    ...found,
    findings: all.slice(0, LIMITS.vulnerabilityFindings),
    ...(isCut ? { cut: true } : {}),
  };
}
