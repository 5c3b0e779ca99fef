import { type Fields, isFields, listAt, objectAt, objectsAt, textAt } from "../../../json/fields.ts";
import { cwesIn, cwesOf } from "../format/cwe.ts";
import { given } from "../format/given.ts";
import { originOf } from "../format/http-origin.ts";
import { incomplete, incompleteWhere } from "../format/incomplete.ts";
import type { ReportDocument, ScanFormat, ScanKind, StatedReport } from "../format/scan-format.ts";
import { severityOf } from "../format/severity.ts";
import { Tally } from "../format/tally.ts";
import { utcTime } from "../format/time.ts";
import { isZapAttack } from "../format/zap-rules.ts";

/**
 * GitLab's security reports (SAST, DAST, API fuzzing, secret detection), versions 14 and 15; older reports
 * lack `scan`.
 */
export const GITLAB: ScanFormat = {
  id: "gitlab",
  version: 1,
  mediaType: "application/json",
  // `cve` contains a hash of the finding, from which a short secret could be guessed.
  excerpts: ["raw_source_code_extract", "evidence", "details", "remediations", "source_code_extract", "cve"],
  recognises: (document) => recognises(reportOf(document)),
  read: (document) => read(reportOf(document)),
};

function reportOf(document: ReportDocument): Fields {
  return document.form === "json" && isFields(document.value) ? document.value : {};
}

function recognises(report: Fields): boolean {
  if (!Array.isArray(report["vulnerabilities"])) return false;
  if (isFields(report["scan"]) || /^\d{1,3}\.\d{1,3}(?:\.\d{1,3})?$/.test(String(report["version"])))
    return true;
  const all = listAt(report, "vulnerabilities");
  return all.length > 0 && all.every((one) => isFields(one) && Array.isArray(one["identifiers"]));
}

const KINDS: Readonly<Record<string, ScanKind>> = {
  sast: "sast",
  dast: "dast",
  api_fuzzing: "dast",
  secret_detection: "secrets",
};

function read(report: Fields): StatedReport {
  const scan = objectAt(report, "scan");
  const findings = new Tally();
  for (const one of listAt(report, "vulnerabilities")) count(one, findings);
  const type = typeOf(report, scan);
  const kind = type !== undefined && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const tool = [objectAt(scan, "scanner"), objectAt(scan, "analyzer")].find(
    (one) => textAt(one, "name") !== undefined,
  );
  const urls = objectsAt(scan, "scanned_resources").map(({ url }) => url);
  const isReached = urls.some((url) => typeof url === "string" && /^https?:\/\/[^/]/i.test(url));
  const errors = objectsAt(scan, "messages").filter(({ level }) => level === "fatal" || level === "error");
  return given({
    kind,
    tool: tool && textAt(tool, "name"),
    toolVersion: tool && textAt(tool, "version"),
    startedAt: utcTime(scan["start_time"], true),
    finishedAt: utcTime(scan["end_time"], true),
    target: originOf(urls),
    rulesRun: listAt(scan, "primary_identifiers").length || undefined,
    findings,
    incomplete: incompleteWhere({
      "scan-status": scan["status"] !== undefined && scan["status"] !== "success",
      "scanner-errors": errors.length,
      "unreadable-findings": findings.unreadables,
      "other-kind": type !== undefined && kind === undefined,
      "no-urls": kind === "dast" && !isReached,
    }),
    unless:
      kind === "dast" && !attacks(report, type)
        ? [{ given: "activeScan" as const, reason: incomplete("passive-scan") }]
        : [],
    isFinished: scan["status"] === "success",
  });
}

/** Type of the scan; without a type, the category of its findings, or DAST if the findings have a host. */
function typeOf(report: Fields, scan: Fields): string | undefined {
  const stated = textAt(scan, "type");
  if (stated !== undefined) return stated;
  const all = objectsAt(report, "vulnerabilities");
  const categories = new Set(all.map((one) => textAt(one, "category")));
  const [category] = categories;
  if (categories.size === 1 && category !== undefined) return category;
  const hasHosts =
    all.length > 0 && all.every((one) => textAt(objectAt(one, "location"), "hostname") !== undefined);
  return hasHosts ? "dast" : undefined;
}

/**
 * Whether the report shows an attack: fuzzing always does; DAST is passive unless its full scan is enabled.
 */
function attacks(report: Fields, type: string | undefined): boolean {
  const options = objectsAt(objectAt(report, "scan"), "options");
  const isFull = options.some(
    ({ name, value }) => name === "DAST_FULL_SCAN_ENABLED" && (value === true || value === "true"),
  );
  const rules = objectsAt(report, "vulnerabilities").flatMap((one) => objectsAt(one, "identifiers"));
  return (
    type === "api_fuzzing" ||
    isFull ||
    rules.some(({ type: of, value }) => of === "ZAProxy_PluginId" && isZapAttack(value))
  );
}

function count(one: unknown, findings: Tally): void {
  if (!isFields(one) || !Array.isArray(one["identifiers"])) return findings.unreadable();
  const cwes = objectsAt(one, "identifiers")
    .filter((identifier) => textAt(identifier, "type")?.toLowerCase() === "cwe")
    .flatMap((identifier) => [...cwesOf(identifier["value"]), ...cwesIn([textAt(identifier, "name") ?? ""])]);
  return findings.open(severityOf(one["severity"]), cwes);
}
