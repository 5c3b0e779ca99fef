import { type ScannedSubject, scannedDocument, scannedImage } from "../../assess/vulnerability-scan.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database/database.ts";
import type { Session } from "../command-line/command.ts";
import { today } from "../process/context.ts";
import { type Operand, readOperand } from "../sbom/operand.ts";
import type { VulnsValues } from "./flags.ts";

/** What an image holds, or what an SBOM says of one, compared with the data. */
export async function scannedOf(
  session: Session,
  values: VulnsValues,
  given: string,
  data: VulnerabilityDatabase,
): Promise<ScannedSubject> {
  return scannedOperand(await readOperand(session, values, given), given, data, today(session.context));
}

/**
 * @param given as the command line calls it
 * @param day `YYYY-MM-DD`
 */
export function scannedOperand(
  operand: Operand,
  given: string,
  data: VulnerabilityDatabase,
  day: string,
): ScannedSubject {
  return operand.is === "image"
    ? scannedImage(operand.sbom, data, day)
    : scannedDocument(operand.document, given, data, day);
}
