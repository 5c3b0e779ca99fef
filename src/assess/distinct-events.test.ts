import { expect, test } from "vitest";
import { fileProblem } from "../contract/source-problem.ts";
import { DistinctEvents } from "./distinct-events.ts";
import type { AssessmentEvent } from "./run/request.ts";

const text = (en: string) => ({ fr: en, en });
const warning = (en: string): AssessmentEvent => ({ kind: "warning", text: text(en) });
const problem = (file: string) => fileProblem({ file, message: text("broken") });

test("a warning is told once, and so is each problem, by its source and its words", () => {
  const events = new DistinctEvents();
  expect(events.next(warning("a"))).toEqual(warning("a"));
  expect(events.next(warning("a"))).toBeUndefined();
  expect(events.next(warning("b"))).toEqual(warning("b"));
  expect(events.next({ kind: "unreadable", problems: [problem("x")] })).toMatchObject({ kind: "unreadable" });
  expect(events.next({ kind: "unreadable", problems: [problem("x"), problem("y")] })).toEqual({
    kind: "unreadable",
    problems: [problem("y")],
  });
  expect(events.next({ kind: "unreadable", problems: [problem("y")] })).toBeUndefined();
});

test("what may come twice comes twice", () => {
  const events = new DistinctEvents();
  const failed = { kind: "failed", about: { kind: "file", file: "a" }, error: new Error("b") } as const;
  expect([events.next(failed), events.next(failed)]).toEqual([failed, failed]);
});

test("one run's events are new to another", () => {
  new DistinctEvents().next(warning("a"));
  expect(new DistinctEvents().next(warning("a"))).toEqual(warning("a"));
});
