import type { JudgingFacts } from "../../contract/judging-facts.ts";
import type { VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import { liftingVex } from "./lifting-vex.ts";

/** Decision of the gate on one finding, and the reason. */
export type GateAnswer =
  | { readonly kind: "blocks"; readonly why: "malware" | "exploited" | "critical" | "likely-exploited" }
  /**
   * It cannot be decided whether the vulnerability is present, or how severe it is. `firm`: if present, it
   * blocks and cannot be accepted.
   */
  | { readonly kind: "open"; readonly why: "uncertain" | "unrated"; readonly firm?: true }
  | { readonly kind: "reported" };

/** Probability of exploitation within 30 days (EPSS) from which an unrated vulnerability blocks. */
const EPSS_THAT_BLOCKS = 0.5;
/** Days allowed for rating a vulnerability: CNA, NVD and GitHub need several. */
export const DAYS_TO_RATE = 14;

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Answer of the gate. Malware, exploited and critical vulnerabilities block. An unrated vulnerability blocks
 * if it is likely to be exploited, and is open once it is older than DAYS_TO_RATE. A signed VEX statement
 * lifts a finding: see liftingVex().
 */
export function gateAnswer(finding: VulnerabilityFinding, { at }: Pick<JudgingFacts, "at">): GateAnswer {
  if (liftingVex(finding) !== undefined) return { kind: "reported" };
  const why = blockingReason(finding);
  if (why !== undefined) {
    return finding.uncertain === undefined
      ? { kind: "blocks", why }
      : { kind: "open", why: "uncertain", firm: true };
  }
  if (finding.severity.level !== "unknown") return { kind: "reported" };
  // A rejected CVE will never be rated.
  if (finding.isRejected === true) return { kind: "reported" };
  if (finding.uncertain !== undefined) return { kind: "open", why: "uncertain" };
  return isFresh(finding.published, at) ? { kind: "reported" } : { kind: "open", why: "unrated" };
}

function blockingReason({
  isMalware,
  exploited,
  severity,
  epss,
}: VulnerabilityFinding): "malware" | "exploited" | "critical" | "likely-exploited" | undefined {
  if (isMalware === true) return "malware";
  if (exploited.length > 0) return "exploited";
  if (severity.level === "critical") return "critical";
  const isLikely = severity.level === "unknown" && (epss?.score ?? 0) >= EPSS_THAT_BLOCKS;
  return isLikely ? "likely-exploited" : undefined;
}

/** Whether a publication is recent. A missing or future date does not count as recent. */
function isFresh(published: string | undefined, at: string): boolean {
  const age = published === undefined ? Number.NaN : Date.parse(at) - Date.parse(published);
  return age >= -DAY_MS && age <= DAYS_TO_RATE * DAY_MS;
}
