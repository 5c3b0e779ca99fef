import type {
  AssertedRun,
  ReportDocument,
  ScanFormat,
  ScanKind,
  StatedReport,
} from "../format/scan-format.ts";
import { Tally } from "../format/tally.ts";

/**
 * Empty list, or `null`: the whole report of gitleaks and of Nuclei without findings, but also after a
 * failure of the tool. Only the job knows which tool wrote the file.
 */
export const EMPTY_LIST: ScanFormat = {
  id: "empty-list",
  version: 1,
  mediaType: "application/json",
  excerpts: [],
  recognises: isEmptyList,
  read: (_, asserted) => read(asserted),
  hasFinished: (exitCode) => exitCode === 0,
};

function isEmptyList(document: ReportDocument): boolean {
  if (document.form !== "json") return false;
  return document.value === null || (Array.isArray(document.value) && document.value.length === 0);
}

/**
 * Tools that write an empty list after a scan without findings; for ESLint, an empty list means that there
 * was no file.
 */
const TOOLS: Readonly<Record<string, readonly [tool: string, kind: ScanKind]>> = {
  gitleaks: ["gitleaks", "secrets"],
  nuclei: ["Nuclei", "dast"],
};

function read({ tool = "" }: AssertedRun): StatedReport {
  const known = Object.hasOwn(TOOLS, tool.toLowerCase()) ? TOOLS[tool.toLowerCase()] : undefined;
  return {
    ...(known === undefined ? {} : { tool: known[0], kind: known[1], restsOn: ["tool"] }),
    findings: new Tally(),
    incomplete: [],
    isFinished: false,
  };
}
