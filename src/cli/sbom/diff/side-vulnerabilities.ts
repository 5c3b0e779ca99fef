import { judgingFacts } from "../../../assess/judging-facts.ts";
import { doubtsOf } from "../../../rules/supply-chain/doubts.ts";
import type { VulnerabilityDatabase } from "../../../vulnerabilities/database/database.ts";
import { type Context, today } from "../../process/context.ts";
import { sourceDate } from "../../process/source-date.ts";
import { scannedOperand } from "../../vulns/scanned.ts";
import type { Operand } from "../operand.ts";
import type { DiffSide } from "./sbom-diff.ts";

/** What the data know of an operand, by the one matcher, and what keeps their silence from being health. */
export function sideVulnerabilities(
  given: string,
  operand: Operand,
  data: VulnerabilityDatabase,
  context: Context,
): NonNullable<DiffSide["vulnerabilities"]> {
  const day = today(context);
  const { facts } = scannedOperand(operand, given, data, day);
  const judging = judgingFacts({}, { today: day, judgedAt: sourceDate(context).toISOString() });
  const { matched, sources, findings } = facts;
  return { matched, sources, findings, doubts: doubtsOf(facts, [], judging).map(({ reason }) => reason) };
}
