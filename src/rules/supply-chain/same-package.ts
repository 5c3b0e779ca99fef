import type { VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import { liftingVex } from "./lifting-vex.ts";

/** One vulnerability in one source package of a distribution, or one package of an ecosystem. */
export interface PackageVulnerability {
  /** Finding of the first component; findings of the others differ only in the component. */
  readonly finding: VulnerabilityFinding;
  /** Name of the package to update: the source package if the distribution's records refer to it. */
  readonly name: string;
  readonly version: string;
  /** Names of the components. */
  readonly components: readonly string[];
}

/**
 * Findings grouped by the package to update. A distribution builds many packages from one source, and a
 * single update fixes all of them.
 */
export function byPackage(findings: readonly VulnerabilityFinding[]): readonly PackageVulnerability[] {
  const groups = Map.groupBy(findings, (finding) => {
    const { type, namespace = "" } = finding.component;
    // A VEX statement may be about one of the packages built from a source.
    const lifted = liftingVex(finding) !== undefined;
    return JSON.stringify([finding.id, type, namespace, ...Object.values(packageOf(finding)), lifted]);
  });
  return [...groups.values()].flatMap((group) => {
    const components = [...new Set(group.map(({ component }) => component.name))];
    return group.slice(0, 1).map((finding) => ({ finding, ...packageOf(finding), components }));
  });
}

function packageOf({ component }: VulnerabilityFinding): { readonly name: string; readonly version: string } {
  const { type, namespace, name, version, source } = component;
  if (source !== undefined) return source;
  const isWhole = namespace === undefined || type === "deb" || type === "apk" || type === "rpm";
  return { name: isWhole ? name : `${namespace}${type === "maven" ? ":" : "/"}${name}`, version };
}
