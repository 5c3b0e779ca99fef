import { reportEnd, reportHead, verdictDocument } from "../verdicts/write-verdict.ts";
import { JsonItems, jsonMembers } from "./json-pieces.ts";
import type { Report } from "./report.ts";

/** JSON for programs: everything in both languages, with keys in a fixed order, stable within `schema`. */
export const json: Report = ({ version }) => {
  const items = new JsonItems(2);
  return {
    head: `{\n${jsonMembers(reportHead(version), 1)},\n  "verdicts": [`,
    verdict: (verdict) => items.item(verdictDocument(verdict)),
    end: (beside) => [`${items.end()},\n${jsonMembers(reportEnd(beside), 1)}\n}\n`],
  };
};
