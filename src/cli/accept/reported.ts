import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { readReport } from "../../verdicts/read-report.ts";
import type { ReportDocument, VerdictDocument } from "../../verdicts/report-schema.ts";
import { readInputFile } from "../process/input-file.ts";

/** A finding in a report, with its subject. */
export interface Reported {
  readonly subject: VerdictDocument["subject"];
  readonly container: string | undefined;
}

/**
 * @param path absolute
 * @throws InvalidInputError `report-invalid`
 */
export async function reportOf(path: string, name: string): Promise<ReportDocument> {
  const report = readReport(await readInputFile(path, name, "jsonBytes"));
  if (report === undefined) throw noReport(name);
  return report;
}

/** Subjects and containers with a finding, each once. */
export function placesOf({ verdicts }: ReportDocument, fingerprint: string): readonly Reported[] {
  const found = new Map<string, Reported>();
  for (const [index, { subject, rows }] of verdicts.entries()) {
    for (const finding of rows.flatMap(({ findings }) => findings)) {
      if (finding.fingerprint !== fingerprint) continue;
      found.set(`${index} ${finding.container ?? ""}`, { subject, container: finding.container });
    }
  }
  return [...found.values()];
}

export function fingerprintsOf({ verdicts }: ReportDocument): readonly string[] {
  const all = verdicts.flatMap(({ rows }) => rows.flatMap(({ findings }) => findings));
  return [...new Set(all.map(({ fingerprint }) => fingerprint))];
}

function noReport(name: string): InvalidInputError {
  return new InvalidInputError("report-invalid", {
    fr: `${quoted(name)} n'est pas un rapport JSON de douane. L'écrire par : douane check … --format json=rapport.json`,
    en: `${quoted(name)} is no JSON report of douane. Write it by: douane check … --format json=report.json`,
  });
}
