import type { Fields } from "../../../json/fields.ts";
import { listAt } from "../../../json/fields.ts";
import { cwesOf } from "../format/cwe.ts";
import { given } from "../format/given.ts";
import { originOf } from "../format/http-origin.ts";
import { incomplete, incompleteWhere } from "../format/incomplete.ts";
import type { ScanFormat, StatedReport } from "../format/scan-format.ts";
import type { Severity } from "../format/severity.ts";
import { Tally } from "../format/tally.ts";
import { utcTime } from "../format/time.ts";
import { isZapAttack } from "../format/zap-rules.ts";
import { insightsOf } from "./insights.ts";
import { type ZapReport, zapReport } from "./zap-report.ts";

/** ZAP's traditional reports in JSON and XML, with and without requests and answers. */
export const ZAP: ScanFormat = {
  id: "zap",
  version: 1,
  mediaType: "application/json",
  excerpts: [
    "evidence",
    "attack",
    "otherinfo",
    "requestheader",
    "requestbody",
    "responseheader",
    "responsebody",
    "request-header",
    "request-body",
    "response-header",
    "response-body",
  ],
  recognises: (document) => zapReport(document) !== undefined,
  read: (document) => read(zapReport(document) as ZapReport),
  // The packaged scans exit with 1 or 2 for alerts, and with 3 if the scan itself failed.
  hasFinished: (exitCode, hasFindings) => exitCode === 0 || (hasFindings && exitCode <= 2),
};

const RISKS: Readonly<Record<string, Severity>> = { "0": "info", "1": "low", "2": "medium", "3": "high" };

function read({ version, created, sites, insights: all, unreadable }: ZapReport): StatedReport {
  const findings = new Tally();
  for (let index = 0; index < unreadable; index++) findings.unreadable();
  const alerts = sites.flatMap((site) => site.alerts);
  for (const alert of alerts) count(alert, findings);
  const insights = insightsOf(all);
  const urls = insights.endpoints ?? alerts.flatMap((alert) => listAt(alert, "uris")).length;
  const isActive = alerts.some(({ pluginid }) => isZapAttack(pluginid));
  return given({
    kind: "dast" as const,
    tool: "ZAP",
    toolVersion: typeof version === "string" && version !== "" ? version : undefined,
    finishedAt: utcTime(created),
    target: originOf(sites.map(({ name }) => name)),
    findings,
    incomplete: incompleteWhere({
      "no-sites": sites.length === 0,
      "no-urls": sites.length > 0 && urls === 0,
      "no-successful-answers": insights.hasNoSuccess,
      "scanner-errors": insights.exhausted,
      "unreadable-findings": findings.unreadables,
    }),
    unless: isActive ? [] : [{ given: "activeScan" as const, reason: incomplete("passive-scan") }],
    isFinished: true,
  });
}

function count(alert: Fields, findings: Tally): void {
  const risk = String(alert["riskcode"]);
  if (!Object.hasOwn(RISKS, risk)) return findings.unreadable();
  // Confidence 0 is an alert that a person marked as a false positive.
  if (String(alert["confidence"]) === "0") return findings.suppress();
  return findings.open(RISKS[risk] as Severity, cwesOf(alert["cweid"]));
}
