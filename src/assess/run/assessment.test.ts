import { expect, test } from "vitest";
import { assessmentRequest, recordedAssessment, recordedPorts } from "../../../test/fixtures/assessment.ts";
import type { SourceProblem } from "../../contract/source-problem.ts";
import { Assessment } from "./assessment.ts";

const PROBLEM: SourceProblem = {
  about: { at: { in: "file", file: "a.yaml", document: 0, line: 1 } },
  message: { fr: "a", en: "b" },
} as unknown as SourceProblem;

test("what a run collects is its own", () => {
  expect(recordedAssessment().assessment.origin).toEqual({ by: "own-run", douane: "0.1.0" });
});

test("problems, skipped sources, left-out files and warnings are events; none of them is no event", async () => {
  const { assessment, events } = recordedAssessment();
  await assessment.unreadable([]);
  await assessment.skipped([]);
  await assessment.tellLeftOut();
  expect(events).toEqual([]);
  const error = new Error("x");
  await assessment.failed(PROBLEM.about, error);
  await assessment.unreadable([PROBLEM]);
  await assessment.skipped([PROBLEM]);
  assessment.exclusions.leftOut("gitignore", "/a.yaml");
  await assessment.tellLeftOut();
  await assessment.warn({ fr: "c", en: "d" });
  expect(events).toEqual([
    { kind: "failed", about: PROBLEM.about, error },
    { kind: "unreadable", problems: [PROBLEM] },
    { kind: "skipped", sources: [PROBLEM] },
    { kind: "left-out", files: assessment.exclusions.files },
    { kind: "warning", text: { fr: "c", en: "d" } },
  ]);
  expect(assessment.exclusions.files).toHaveLength(1);
});

test("of an interrupted run, the interruption is the error", async () => {
  const interrupted = new AbortController();
  const { ports, events } = recordedPorts({ signal: interrupted.signal });
  const assessment = new Assessment(assessmentRequest(), ports);
  interrupted.abort(new Error("interrupted"));
  await expect(assessment.failed(PROBLEM.about, new Error("x"))).rejects.toThrow("interrupted");
  await expect(assessment.unreadable([PROBLEM])).rejects.toThrow("interrupted");
  expect(events).toEqual([]);
});
