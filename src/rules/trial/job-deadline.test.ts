import { expect, test } from "vitest";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import type { JobFacts, RawWorkload } from "../../contract/workload-facts.ts";
import { trialRestart } from "./1.4-trial-restart.ts";

interface Task {
  readonly job?: JobFacts;
  readonly pod?: Partial<PodSpecFacts>;
  /** Milliseconds of the first run, and of the others. */
  readonly took?: readonly [number, number];
  readonly more?: readonly TrialEvent[];
  /** Exit code of every run; default: 0. */
  readonly code?: number;
  /** Whether the phase on the writable root is absent. */
  readonly isShort?: boolean;
  readonly lifetime?: RawWorkload["lifetime"];
  readonly podPath?: string;
}

function check({
  job,
  pod,
  took: [first, others] = [3_100, 3_000],
  more = [],
  code = 0,
  isShort = false,
  ...facts
}: Task) {
  const run = (afterMs: number): readonly TrialEvent[] => [
    ...more,
    { kind: "exit", by: "itself", afterMs, code },
  ];
  const { lifetime = "batch", podPath = "spec.template" } = facts;
  const own = { kind: "Job", lifetime, podPath, ...(job === undefined ? {} : { job }) };
  return trialRestart.check({
    trial: trialFacts({
      "read-only": run(first),
      writable: isShort ? null : run(others),
      restart: run(others),
      settings: { lifetime: "batch" },
    }),
    workload: workloadFacts({ ...pod, facts: own }),
  });
}

const BUSY: TrialEvent = { kind: "limit", what: "processor" };

test.each<[string, Task, string]>([
  ["no deadline", {}, "pass"],
  ["a Job's deadline beyond it", { job: { activeDeadlineSeconds: 4 } }, "pass"],
  ["a pod's deadline beyond it", { pod: { activeDeadlineSeconds: 600 } }, "pass"],
  ["a Job's deadline before its end", { job: { activeDeadlineSeconds: 1 } }, "fail"],
  ["a pod's deadline before its end", { pod: { activeDeadlineSeconds: 1 } }, "fail"],
  [
    "the shorter of two deadlines",
    { job: { activeDeadlineSeconds: 600 }, pod: { activeDeadlineSeconds: 1 } },
    "fail",
  ],
  ["a deadline that a faster machine meets", { job: { activeDeadlineSeconds: 3 } }, "unproven"],
  ["one slow run of several", { job: { activeDeadlineSeconds: 3 }, took: [9_000, 1_000] }, "unproven"],
  [
    "a task that failed, of which 1.4-trial-restart tells",
    { job: { activeDeadlineSeconds: 1 }, code: 1 },
    "unproven",
  ],
  ["a deadline, seen in fewer phases", { job: { activeDeadlineSeconds: 1 }, isShort: true }, "fail"],
  ["a machine that was busy", { job: { activeDeadlineSeconds: 1 }, more: [BUSY] }, "unproven"],
  [
    "an init container of a pod that serves, which 1.4-restarts judges",
    { pod: { activeDeadlineSeconds: 1 }, lifetime: "long-running" },
    "pass",
  ],
])("a task of 3 s under %s: %s", (_, task, status) => {
  expect(check(task).status).toBe(status);
});

test.each([
  [{ job: { activeDeadlineSeconds: 1 } }, "spec.activeDeadlineSeconds"],
  [
    { job: { activeDeadlineSeconds: 1 }, podPath: "spec.jobTemplate.spec.template" },
    "spec.jobTemplate.spec.activeDeadlineSeconds",
  ],
  [{ pod: { activeDeadlineSeconds: 1 } }, "spec.template.spec.activeDeadlineSeconds"],
])("%j is named at %s", (task, path) => {
  expect(check(task)).toMatchObject({
    findings: [
      {
        at: { path },
        message: {
          en: expect.stringMatching(/^activeDeadlineSeconds allows the task 1 s, and it took 3\.1 s/),
        },
        remedy: { en: "Raise activeDeadlineSeconds, or remove it." },
      },
    ],
  });
});

test("of an Indexed Job, the proof names the index that was tried", () => {
  expect(check({ job: { isIndexed: true } })).toMatchObject({
    proof: { en: expect.stringContaining("JOB_COMPLETION_INDEX=0, no other") },
  });
});

test("a Job that makes no pod gets a note, and the trial still shows what one would do", () => {
  expect(check({ job: { isEmpty: true } })).toMatchObject({
    status: "pass",
    notes: [
      {
        message: { en: expect.stringContaining("completions is 0") },
        at: { path: "spec.completions" },
        fingerprint: "1.4-trial-restart:completions",
      },
    ],
  });
  expect(check({ job: { isEmpty: true }, podPath: "spec.jobTemplate.spec.template" })).toMatchObject({
    notes: [{ at: { path: "spec.jobTemplate.spec.completions" } }],
  });
  expect(check({ job: { isIndexed: true } })).toMatchObject({ status: "pass", notes: [] });
  expect(check({ job: { isEmpty: true }, code: 1 }).status).not.toBe("pass");
});
