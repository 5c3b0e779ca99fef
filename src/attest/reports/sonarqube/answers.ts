import { type Fields, isFields, textAt } from "../../../json/fields.ts";
import type { ReportDocument } from "../format/scan-format.ts";

// Answers of SonarQube's web API, since SonarQube writes no report file. One file joins the answers as a list
// (`jq -s .`).

/** Answers of the API by kind. */
export interface Answers {
  /** api/issues/search, a page each. */
  readonly issues: readonly Fields[];
  /** api/hotspots/search, a page each. */
  readonly hotspots: readonly Fields[];
  /** `projectStatus` of api/qualitygates/project_status. */
  readonly gates: readonly Fields[];
  /** `task` of api/ce/task. */
  readonly tasks: readonly Fields[];
}

/** The answers in a document; undefined if the document contains anything else. */
export function answersIn(document: ReportDocument): Answers | undefined {
  if (document.form === "xml") return undefined;
  const all: readonly unknown[] = Array.isArray(document.value) ? document.value : [document.value];
  const answers = {
    issues: [] as Fields[],
    hotspots: [] as Fields[],
    gates: [] as Fields[],
    tasks: [] as Fields[],
  };
  for (const one of all) if (!isFields(one) || !sort(one, answers)) return undefined;
  return all.length === 0 ? undefined : answers;
}

function sort(answer: Fields, answers: { [K in keyof Answers]: Fields[] }): boolean {
  const { task, projectStatus, issues, hotspots, paging } = answer;
  const isGate = isFields(projectStatus) && textAt(projectStatus, "status") !== undefined;
  const isTask = isFields(task) && textAt(task, "status") !== undefined;
  const hasIssues = Array.isArray(issues) && isFields(paging);
  const hasHotspots = Array.isArray(hotspots) && isFields(paging);
  if (isGate) answers.gates.push(projectStatus);
  if (isTask) answers.tasks.push(task);
  if (hasIssues) answers.issues.push(answer);
  if (hasHotspots) answers.hotspots.push(answer);
  return isGate || isTask || hasIssues || hasHotspots;
}
