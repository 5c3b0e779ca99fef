import { LIMITS } from "../../contract/limits.ts";
import type { VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";
import { packageOf } from "../../sbom/coverage/package-key.ts";
import { isDistributions } from "../../sbom/distribution.ts";
import type { VulnerabilityDatabase } from "../database/database.ts";
import { byGravity, matchComponents } from "./match-components.ts";

/**
 * The same, with what is known of packages that only the image's SBOMs name. Those of a distribution are
 * left out: the texts do not tell what they were built from. Nothing of them counts as compared, and of
 * what could not be compared nothing is said: they may not be there.
 *
 * @param written see writtenKey()
 */
export function withStatedOnly(
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
