import { type Fields, isFields, textAt } from "../../../json/fields.ts";
import { given } from "../format/given.ts";
import { incompleteWhere } from "../format/incomplete.ts";
import type { ScanFormat, StatedReport } from "../format/scan-format.ts";
import { Tally } from "../format/tally.ts";
import { utcTime } from "../format/time.ts";
import { type Answers, answersIn } from "./answers.ts";
import { countHotspot, countIssue } from "./issues.ts";
import { listedIn } from "./pages.ts";

/** Answers of SonarQube's and SonarCloud's web API: the task, the quality gate, issues and hotspots. */
export const SONARQUBE: ScanFormat = {
  id: "sonarqube",
  version: 1,
  mediaType: "application/json",
  excerpts: ["msg", "errorMessage", "errorStacktrace", "scannerContext"],
  recognises: (document) => answersIn(document) !== undefined,
  read: (document) => read(answersIn(document) as Answers),
};

function read({ issues, hotspots, gates, tasks }: Answers): StatedReport {
  const findings = new Tally();
  const listed = [listedIn(issues, "issues"), listedIn(hotspots, "hotspots")] as const;
  for (const issue of listed[0].entries) countIssue(issue, findings);
  for (const hotspot of listed[1].entries) countHotspot(hotspot, findings);
  const projects = new Set([
    ...tasks.map((task) => textAt(task, "componentKey")),
    ...listed.flatMap(({ entries }) => entries.filter(isFields).map((entry) => textAt(entry, "project"))),
  ]);
  projects.delete(undefined);
  const states = gates.map(({ status }) => status);
  const isSuccess = tasks.every(({ status }) => status === "SUCCESS");
  return given({
    kind: "sast" as const,
    tool: "SonarQube",
    startedAt: timeOf(tasks, "startedAt"),
    finishedAt: timeOf(tasks, "executedAt"),
    target: projects.size === 1 ? [...projects][0] : undefined,
    findings,
    incomplete: incompleteWhere({
      // Other tasks of the server (import, export, indexing) analyse nothing.
      "task-missing": tasks.length === 0 || tasks.some(({ type }) => type !== "REPORT"),
      "task-unfinished": !isSuccess,
      "gate-missing": states.length === 0 || states.includes("NONE"),
      // A report with a task and a gate alone has no findings to count.
      "findings-missing": issues.length === 0 && hotspots.length === 0,
      "pages-missing": listed[0].missing + listed[1].missing,
      "counts-disagree": listed.some(({ isContradicted }) => isContradicted),
      "mixed-targets": projects.size > 1,
      "unreadable-findings": findings.unreadables,
    }),
    isFinished: true,
    gate: gateOf(states),
  });
}

function timeOf(tasks: readonly Fields[], key: string): string | undefined {
  return tasks
    .flatMap((task) => utcTime(task[key]) ?? [])
    .sort()
    .at(-1);
}

function gateOf(states: readonly unknown[]): StatedReport["gate"] {
  if (states.every((state) => state === "OK")) return undefined;
  return states.every((state) => state === "OK" || state === "WARN") ? "warn" : "fail";
}
