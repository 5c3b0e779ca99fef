import { CONTRACT } from "../contract/edition.ts";
import type { ReportDocument } from "../verdicts/report-schema.ts";
import { acceptanceUseDocument, sourceDocument, verdictDocument } from "../verdicts/write-verdict.ts";
import { JsonItems, jsonMembers } from "./json-pieces.ts";
import type { Report } from "./report.ts";

/** JSON for programs: everything in both languages, with keys in a fixed order, stable within `schema`. */
export const json: Report = ({ version }) => {
  const about = {
    schema: "douane/report/v1",
    contract: CONTRACT,
    douane: version,
  } satisfies Partial<ReportDocument>;
  const items = new JsonItems(2);
  return {
    head: `{\n${jsonMembers(about, 1)},\n  "verdicts": [`,
    verdict: (verdict) => items.item(verdictDocument(verdict)),
    end({ errors, skipped, leftOut = [], acceptances = [] }) {
      const sources = {
        errors: errors.map(sourceDocument),
        skipped: skipped.map(sourceDocument),
        ...(leftOut.length === 0
          ? {}
          : { leftOut: leftOut.map(({ by, count, files }) => ({ by, count, files: [...files] })) }),
        ...(acceptances.length === 0 ? {} : { acceptedFindings: acceptances.map(acceptanceUseDocument) }),
      } satisfies Partial<ReportDocument>;
      return [`${items.end()},\n${jsonMembers(sources, 1)}\n}\n`];
    },
  };
};
