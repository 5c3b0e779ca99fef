import type {
  DistributionDecision,
  SeverityFacts,
  VulnerabilityLevel,
} from "../../contract/vulnerability-facts.ts";
import type { StatedSeverity } from "../advisory.ts";
import { highestSeverity, statedLevels } from "./stated-level.ts";

/** A vulnerability in one package, with its ratings. */
export interface RatedVulnerability {
  /** Ecosystem in OSV's form: `Debian:13`, `npm`. */
  readonly ecosystem: string;
  /** Severities from records and from the CVE. */
  readonly stated: readonly StatedSeverity[];
  /** Decision of the distribution. */
  readonly decision?: DistributionDecision;
}

/** Authors in order of precedence; within a group of authors, the most severe rating counts. */
type Deciders = readonly (readonly ((by: string) => boolean)[])[];

const is = (name: string) => (by: string) => by === name;
const isAdp = (by: string) => by === "ADP" || by.endsWith("-ADP");

/** Authors for distributions without usable ratings; OSV's own reading of a CVE is the last resort. */
const ANYONE: Deciders = [[is("CNA"), isAdp, is("NVD"), is("GHSA")], [is("OSV")]];
/** Authors for ecosystems of languages, and for runtimes. */
const GITHUB_FIRST: Deciders = [
  [is("GHSA")],
  [is("CNA"), isAdp],
  [is("NVD"), is("Bitnami"), is("RustSec"), is("Node.js")],
];

/**
 * Authors whose severity counts, by the package's ecosystem. Debian has no level "critical" and Alpine has no
 * levels at all, so without scores of other authors, nearly all findings would have an unknown severity. Red
 * Hat and SUSE rate their own builds.
 */
const DECIDERS: ReadonlyMap<string, Deciders> = new Map([
  ["Debian", ANYONE],
  ["Ubuntu", ANYONE],
  ["Alpine", ANYONE],
  ["Wolfi", ANYONE],
  ["Chainguard", ANYONE],
  ["Red Hat", [[is("Red Hat")], ...ANYONE]],
  ["Rocky Linux", [[is("Rocky Linux"), is("Red Hat")], ...ANYONE]],
  ["AlmaLinux", [[is("AlmaLinux"), is("Red Hat")], ...ANYONE]],
  ["SUSE", [[is("SUSE")], ...ANYONE]],
  ["openSUSE", [[is("openSUSE"), is("SUSE")], ...ANYONE]],
]);

/**
 * Level by the distribution's own decision, regardless of scores; undefined if the decision sets no level.
 */
const DECIDED: Record<DistributionDecision, VulnerabilityLevel | undefined> = {
  unimportant: "negligible",
  ignored: "low",
  "not-affected": "negligible",
  postponed: undefined,
  "end-of-life": undefined,
};

export function severityOf({ ecosystem, stated, decision }: RatedVulnerability): SeverityFacts {
  const levels = statedLevels(stated);
  const [distribution = ecosystem] = ecosystem.split(":");
  const decided = decision === undefined ? undefined : DECIDED[decision];
  if (decided !== undefined) return { level: decided, by: distribution, stated: levels };
  for (const line of DECIDERS.get(distribution) ?? GITHUB_FIRST) {
    const deciding = highestSeverity(levels.filter(({ by }) => line.some((isOne) => isOne(by))));
    if (deciding !== undefined) return { ...deciding, stated: levels };
  }
  return { level: "unknown", stated: levels };
}
