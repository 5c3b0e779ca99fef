import { resolve } from "node:path";
import type { AttachedReport } from "../../attest/attach/attach-report.ts";
import type { Predicate } from "../../attest/in-toto/write-statement.ts";
import type { AssertedJob } from "../../attest/predicates/asserted-slsa-provenance.ts";
import { scanPredicate } from "../../attest/predicates/scan-result.ts";
import { readScanReport } from "../../attest/reports/read-scan-report.ts";
import type { ScanReport } from "../../attest/reports/scan-report.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { maskMessage } from "../../secrets/message.ts";
import type { Context } from "../process/context.ts";
import { readInputBytes } from "../process/input-file.ts";
import type { ScanOption } from "./scan-option.ts";

/** Scan reports that the options name. */
export interface RequestedScans {
  readonly predicates: readonly Predicate[];
  readonly reports: readonly AttachedReport[];
  /** Warnings about reports that prove nothing, or that contain severe findings. */
  readonly warnings: readonly Text[];
}

/**
 * @param job attesting job, as the job states itself
 * @throws UsageError file-unreadable; InvalidInputError as readScanReport()
 */
export async function requestedScans(
  { cwd }: Context,
  options: readonly ScanOption[],
  job: AssertedJob | undefined,
): Promise<RequestedScans> {
  const predicates: Predicate[] = [];
  const reports: AttachedReport[] = [];
  const warnings: Text[] = [];
  for (const { file, asserted } of options) {
    const bytes = await readInputBytes(resolve(cwd, file), file, "scanReportBytes");
    const { report, attachment } = readScanReport(bytes, quoted(file), asserted);
    predicates.push(scanPredicate(report, job));
    reports.push({ mediaType: report.mediaType, attachment });
    warnings.push(...warningsOf(report, file));
  }
  return { predicates, reports, warnings };
}

function warningsOf(report: ScanReport, file: string): readonly Text[] {
  const { verdict, incompleteBecause, counts } = report;
  if (verdict === "incomplete") return incompleteBecause.map(({ text }) => incomplete(file, text));
  if (verdict !== "fail") return [];
  const grave = counts.critical + counts.high + counts.unknown;
  return [
    maskMessage({
      fr: `${quoted(file)} : attesté comme échec (résultats critiques, élevés ou de gravité inconnue : ${grave}). Le contrat (2.1, 2.3) demande une analyse réussie.`,
      en: `${quoted(file)}: attested as failed (findings of critical, high or unknown severity: ${grave}). The contract (2.1, 2.3) requires a scan that passed.`,
    }),
  ];
}

function incomplete(file: string, { fr, en }: Text): Text {
  return maskMessage({
    fr: `${quoted(file)} : attesté comme incomplet, ce qui ne prouve rien : ${fr}.`,
    en: `${quoted(file)}: attested as incomplete, which proves nothing: ${en}.`,
  });
}
