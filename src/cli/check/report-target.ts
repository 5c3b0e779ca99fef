import { REPORTS, type ReportFormat } from "../../report/index.ts";
import { type FormatTarget, formatParser } from "../command-line/format-target.ts";

/** A report to write. */
export type ReportTarget = FormatTarget<ReportFormat>;

export const parseFormat = formatParser(REPORTS);
