import type { JudgingFacts } from "../../contract/judging-facts.ts";
import type { VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";

/** What the gate makes of one finding, and why. */
export type GateAnswer =
  | { readonly is: "blocks"; readonly why: "malware" | "exploited" | "critical" | "likely-exploited" }
  /** It may be critical, and nobody can tell; `firm`: if it is there at all it blocks, and no acceptance lifts it. */
  | { readonly is: "open"; readonly why: "uncertain" | "unrated"; readonly firm?: true }
  | { readonly is: "reported" };

/** The chance of being exploited within 30 days from which an unrated vulnerability blocks. */
const EPSS_THAT_BLOCKS = 0.5;
/** As long as nobody needs to have rated it: CNA, NVD and GitHub take days. */
export const DAYS_TO_RATE = 14;

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Known malware blocks, what is exploited blocks whatever its rating, what is critical blocks. What
 * nobody has rated blocks when it is likely to be exploited, and stays open once it is two weeks old.
 */
export function gateAnswer(finding: VulnerabilityFinding, { at }: Pick<JudgingFacts, "at">): GateAnswer {
  const why = blockingReason(finding);
  if (why !== undefined) {
    return finding.uncertain === undefined
      ? { is: "blocks", why }
      : { is: "open", why: "uncertain", firm: true };
  }
  if (finding.severity.level !== "unknown") return { is: "reported" };
  // Nobody will ever rate it.
  if (finding.isRejected === true) return { is: "reported" };
  if (finding.uncertain !== undefined) return { is: "open", why: "uncertain" };
  return isFresh(finding.published, at) ? { is: "reported" } : { is: "open", why: "unrated" };
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

/** What does not say when it was published is not taken for young, nor what was published tomorrow. */
function isFresh(published: string | undefined, at: string): boolean {
  const age = published === undefined ? Number.NaN : Date.parse(at) - Date.parse(published);
  return age >= -DAY_MS && age <= DAYS_TO_RATE * DAY_MS;
}
