import { type Fields, isFields, objectAt, textAt, textsAt } from "../../../json/fields.ts";
import { cwesIn, cwesOf } from "../format/cwe.ts";
import { given } from "../format/given.ts";
import { originOf } from "../format/http-origin.ts";
import { incompleteWhere } from "../format/incomplete.ts";
import type { ReportDocument, ScanFormat, StatedReport } from "../format/scan-format.ts";
import { severityOf } from "../format/severity.ts";
import { Tally } from "../format/tally.ts";

/** Results of Nuclei 2 and 3: lines of JSON (`-jsonl`, `-json`), or a list (`-json-export`). */
export const NUCLEI: ScanFormat = {
  id: "nuclei",
  version: 1,
  mediaType: "application/json",
  excerpts: [
    "request",
    "response",
    "curl-command",
    "curl_command",
    "extracted-results",
    "extracted_results",
    "interaction",
    "template-encoded",
  ],
  recognises: (document) => resultsOf(document).some(isResult),
  read: (document) => read(resultsOf(document)),
  // 0 also with findings: anything else is a failure.
  hasFinished: (exitCode) => exitCode === 0,
};

function resultsOf(document: ReportDocument): readonly unknown[] {
  if (document.form === "xml") return [];
  const { value } = document;
  if (Array.isArray(value)) return value as readonly unknown[];
  // A report with a single result is a single JSON object.
  return isResult(value) ? [value] : [];
}

function isResult(one: unknown): one is Fields {
  if (!isFields(one) || !isFields(one["info"])) return false;
  return (textAt(one, "template-id") ?? textAt(one, "templateID")) !== undefined;
}

function read(all: readonly unknown[]): StatedReport {
  const findings = new Tally();
  for (const one of all) {
    if (!isResult(one)) findings.unreadable();
    // `-matcher-status` also writes templates that did not match.
    else if (one["matcher-status"] !== false)
      findings.open(severityOf(objectAt(one, "info")["severity"]), cwesOfResult(one));
  }
  return given({
    kind: "dast" as const,
    tool: "Nuclei",
    target: originOf(all.filter(isResult).map(({ host, url }) => url ?? host)),
    findings,
    incomplete: incompleteWhere({
      // Failed requests are listed with `-matcher-status` only; without it, a host that does not answer is
      // not listed.
      "scanner-errors": all.filter((one) => isResult(one) && textAt(one, "error") !== undefined).length,
      "unreadable-findings": findings.unreadables,
    }),
    isFinished: false,
  });
}

/** Weaknesses in a template's classification, otherwise in its tags. */
function cwesOfResult(one: Fields): readonly number[] {
  const info = objectAt(one, "info");
  const classified = cwesOf(objectAt(info, "classification")["cwe-id"]);
  if (classified.length > 0) return classified;
  const tags = textsAt(info, "tags");
  const named = tags.flatMap((text) => [...text.matchAll(TAG)].map(([, tag = ""]) => TAGS[tag] as number));
  return [...cwesIn(tags), ...named];
}

const TAGS: Readonly<Record<string, number>> = {
  sqli: 89,
  xss: 79,
  rce: 94,
  ssti: 1336,
  crlf: 113,
  nosqli: 943,
  cmdi: 78,
  injection: 74,
};

/** A tag of the table in a list that commas separate. */
const TAG = /(?:^|,) {0,3}(sqli|xss|rce|ssti|crlf|nosqli|cmdi|injection)(?= {0,3}(?:,|$))/g;
