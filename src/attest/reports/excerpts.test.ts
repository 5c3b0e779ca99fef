import { expect, test } from "vitest";
import { attachedText, FINISHED } from "../../../test/fixtures/scan-reading.ts";

type Value = Readonly<Record<string, unknown>>;

/** By tool: fields that quote code, requests, answers or secrets, and a report with further fields in a finding. */
const FORMATS: readonly (readonly [tool: string, fields: string, report: (more: Value) => unknown])[] = [
  [
    "gitleaks",
    "Secret Match Line Message line offender offenderEntropy commitMessage",
    (more) => [{ RuleID: "a", Secret: "x", ...more }],
  ],
  [
    "GitLab",
    "raw_source_code_extract evidence details remediations source_code_extract cve",
    (more) => ({ vulnerabilities: [{ identifiers: [], ...more }], scan: { type: "sast" } }),
  ],
  [
    "Semgrep",
    "lines metavars abstract_content content fix fixed_lines dataflow_trace rendered_fix",
    (more) => ({ errors: [], paths: {}, results: [{ check_id: "a", extra: more }] }),
  ],
  [
    "Bandit",
    "code",
    (more) => ({
      errors: [],
      generated_at: "a",
      metrics: { _totals: {} },
      results: [{ test_id: "B105", ...more }],
    }),
  ],
  [
    "ESLint",
    "source output fix suggestions",
    (more) => [{ filePath: "a.js", messages: [{ ruleId: "no-eval", ...more }] }],
  ],
  [
    "Talisman",
    "message",
    (more) => ({
      summary: { types: { filecontent: 1, filename: 0, filesize: 0 } },
      results: [{ filename: "a", failure_list: [{ severity: "low", ...more }] }],
    }),
  ],
  [
    "SARIF",
    "snippet contents rendered environmentVariables body headers parameters fixes insertedContent commitMessage",
    (more) => ({
      version: "2.1.0",
      runs: [{ tool: { driver: { name: "X" } }, results: [{ ruleId: "a", ...more }] }],
    }),
  ],
  [
    "Nuclei",
    "request response curl-command curl_command extracted-results extracted_results interaction template-encoded",
    (more) => [{ "template-id": "a", info: {}, ...more }],
  ],
  [
    "ZAP",
    "evidence attack otherinfo requestheader requestbody responseheader responsebody request-header request-body response-header response-body",
    (more) => ({
      "@programName": "ZAP",
      site: [{ "@name": "https://a.example", alerts: [{ riskcode: "1", instances: [more] }] }],
    }),
  ],
  [
    "SonarQube",
    "msg errorMessage errorStacktrace scannerContext",
    (more) => ({ paging: { total: 1 }, issues: [{ type: "VULNERABILITY", ...more }] }),
  ],
];
/** Fields whose words are an excerpt in the report of a search for secrets alone. */
const WORDING = "message Message description fingerprints partialFingerprints";

const QUOTED = "a line of the source";

/** Whether the text of the field is in the report that is attached, alone and below the field. */
function isQuoted(report: (more: Value) => unknown, field: string): readonly boolean[] {
  return [QUOTED, { below: { it: [QUOTED] } }].map((value) =>
    attachedText(report({ [field]: value }), FINISHED).includes(QUOTED),
  );
}

test.each(
  FORMATS.flatMap(([tool, fields, report]) =>
    fields.split(" ").map((field) => [tool, field, report] as const),
  ),
)("%s: what %s quotes is not attached", (_, field, report) => {
  expect(isQuoted(report, field)).toEqual([false, false]);
});

test.each(FORMATS)("%s: other fields stay as they are", (_, __, report) => {
  expect(isQuoted(report, "title")).toEqual([true, true]);
});

function sarifOf(name: string): (more: Value) => unknown {
  return (more) => ({
    version: "2.1.0",
    runs: [{ tool: { driver: { name } }, results: [{ ruleId: "a", ...more }] }],
  });
}

test.each(WORDING.split(" "))("%s is quoted unless it is of a search for secrets", (field) => {
  const text = { text: QUOTED };
  const attached = (tool: string) =>
    attachedText(sarifOf(tool)({ [field]: text }), FINISHED).includes(QUOTED);
  expect([attached("CodeQL"), attached("trufflehog")]).toEqual([true, false]);
});
