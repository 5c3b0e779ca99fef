import type {
  DistributionDecision,
  SeverityFacts,
  VulnerabilityLevel,
} from "../../contract/vulnerability-facts.ts";
import type { StatedSeverity } from "../advisory.ts";
import { gravest, statedLevels } from "./stated-level.ts";

/** What is known of one vulnerability in one package. */
export interface RatedVulnerability {
  /** OSV's word: `Debian:13`, `npm`. */
  readonly ecosystem: string;
  /** What records and the CVE's own say. */
  readonly stated: readonly StatedSeverity[];
  /** What the distribution decided of it. */
  readonly decision?: DistributionDecision;
}

/** Who decides, first come first served: of those of one line, the gravest. */
type Deciders = readonly (readonly ((by: string) => boolean)[])[];

const is = (name: string) => (by: string) => by === name;
const isAdp = (by: string) => by === "ADP" || by.endsWith("-ADP");

/**
 * Distributions that rate nothing, or not by how grave it is; OSV's own reading of a CVE where nobody
 * else's word is at hand.
 */
const ANYONE: Deciders = [[is("CNA"), isAdp, is("NVD"), is("GHSA")], [is("OSV")]];
/** Ecosystems of languages, and runtimes. */
const GITHUB_FIRST: Deciders = [
  [is("GHSA")],
  [is("CNA"), isAdp],
  [is("NVD"), is("Bitnami"), is("RustSec"), is("Node.js")],
];

/**
 * THE table: whose word on how grave a vulnerability is counts, by the ecosystem of the package.
 * Debian knows no "critical", and Alpine rates nothing: without the others' scores nearly all of their
 * findings were of an unknown severity. Red Hat and SUSE rate for their own builds.
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

/** What the distribution's own decision makes of it, whatever others score; undefined: nothing. */
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
    const deciding = gravest(levels.filter(({ by }) => line.some((isOne) => isOne(by))));
    if (deciding !== undefined) return { ...deciding, stated: levels };
  }
  return { level: "unknown", stated: levels };
}
