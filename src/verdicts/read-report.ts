import { type ReportDocument, reportSchema } from "./report-schema.ts";

/**
 * Parses a JSON report, without members that a later version added; undefined if the text is not a report.
 *
 * @param text document of `--format json`
 */
export function readReport(text: string): ReportDocument | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return reportSchema.safeParse(value).data;
}
