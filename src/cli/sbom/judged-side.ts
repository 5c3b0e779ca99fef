import { sbomOfEvidence } from "../../assess/image-sbom.ts";
import { documentSubject, imageSubject, type ScanSubject } from "../../assess/scanned-subject.ts";
import { VulnerabilityJudge } from "../../assess/vulnerability-judge.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import type { Session } from "../command-line/command.ts";
import { judgingTime } from "../process/judging-time.ts";
import { sourceDate } from "../process/source-date.ts";
import { VERSION } from "../process/version.ts";
import { diffSide } from "./diff-side.ts";
import type { DiffValues } from "./flags.ts";
import { type Operand, sbomDocument } from "./operand.ts";
import type { DiffSide } from "./sbom-diff.ts";
import { imageEvidence } from "./scan-subject.ts";

/** A side with its vulnerabilities, and doubts about their completeness. */
export async function judgedSide(
  session: Session,
  values: DiffValues,
  given: string,
  data: VulnerabilityDatabase,
): Promise<DiffSide> {
  const { operand, subject } = await sideOf(session, values, given);
  const { context } = session;
  const time = judgingTime(context);
  const judge = new VulnerabilityJudge(data, {}, time);
  const scanned = judge.scanned(subject);
  const { matched, sources, findings } = scanned.facts;
  const doubts = judge.doubts(scanned);
  return { ...diffSide(given, operand), vulnerabilities: { matched, sources, findings, doubts } };
}

async function sideOf(
  session: Session,
  values: DiffValues,
  given: string,
): Promise<{ readonly operand: Operand; readonly subject: ScanSubject }> {
  const document = await sbomDocument(session.context, given);
  if (document !== undefined) {
    return { operand: { kind: "document", document }, subject: documentSubject(document, given) };
  }
  const evidence = await imageEvidence(session, values, given, {});
  const sbom = sbomOfEvidence(evidence, { created: sourceDate(session.context), douane: VERSION });
  return { operand: { kind: "image", sbom }, subject: imageSubject(evidence) };
}
