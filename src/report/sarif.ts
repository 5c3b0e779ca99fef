import { ROWS } from "../contract/rows.ts";
import {
  type ProblemSubject,
  problemPlace,
  problemTitle,
  type SourceProblem,
} from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import { messageText, visible } from "./escape.ts";
import { JsonItems, jsonMembers } from "./json-pieces.ts";
import type { Report, ReportFooter } from "./report.ts";
import { fileUri } from "./sarif-location.ts";
import { type SarifResult, sarifResults, sharedResult } from "./sarif-results.ts";
import { rowDescriptor, ruleDescriptor } from "./sarif-rules.ts";
import { SharedFindings } from "./shared-findings.ts";

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning and editors. */
export const sarif: Report = ({ lang, version, rules }) => {
  const descriptors = [
    ...rules.map((rule) => ruleDescriptor(rule, lang)),
    ...ROWS.map((row) => rowDescriptor(row, lang)),
  ];
  const indexes = new Map<string, number>(descriptors.map(({ id }, index) => [id, index]));
  const tool = { driver: { name: "douane", version, language: lang, rules: descriptors } };
  const results = new JsonItems(4);
  const shared = new SharedFindings<SarifResult>();
  // A rule that the caller did not name gets no index: an absent index is valid, a wrong index is not
  // (§3.27.6).
  const written = ({ result }: SarifResult): string =>
    results.item({ ...result, ruleIndex: indexes.get(result.ruleId) });
  return {
    head: [
      `{\n${jsonMembers(SARIF, 1)},\n  "runs": [\n    {\n`,
      `${jsonMembers({ tool, columnKind: "utf16CodeUnits" }, 3)},\n      "results": [`,
    ].join(""),
    verdict: (verdict) =>
      sarifResults(verdict, lang)
        .filter((one) => one.item === undefined || !shared.take(one.item, verdict.subject, one))
        .map(written)
        .join(""),
    *end(unjudged) {
      for (const one of shared) yield written(sharedResult(one));
      const invocations = [invocation(unjudged, lang)];
      yield `${results.end()},\n${jsonMembers({ invocations }, 3)}\n    }\n  ]\n}\n`;
    },
  };
};

const SARIF = {
  $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  version: "2.1.0",
};

function invocation({ errors, skipped }: ReportFooter, lang: Lang) {
  return {
    executionSuccessful: errors.length === 0,
    toolExecutionNotifications: [
      ...errors.map((error) => notification(error, "error", lang)),
      ...skipped.map((file) => notification(file, "note", lang)),
    ],
  };
}

function notification({ about, message }: SourceProblem, level: "error" | "note", lang: Lang) {
  return {
    level,
    message: { text: messageText(message[lang]) },
    locations: [location(about)],
  };
}

/** Location of a source. An image is not a file of the repository, so it has only a logical location. */
function location(about: ProblemSubject) {
  const place = problemPlace(about);
  const { file, line } = place ?? {};
  return {
    ...(file === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri: fileUri(file) },
            ...(line === undefined ? {} : { region: { startLine: line } }),
          },
        }),
    ...(about.kind === "file" && file !== undefined
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: visible(problemTitle(about)), kind: "resource" }] }),
  };
}
