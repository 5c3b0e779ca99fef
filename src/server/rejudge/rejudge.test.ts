import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import type { VerdictAnswer } from "../admission/ports.ts";
import type { RunningSubject, StoredVerdict } from "../ports.ts";
import type { ClusterEvent } from "../watch/events.ts";
import { rejudgeRunning } from "./rejudge.ts";

const TIMES = { lookMs: 5, againMs: 60_000, yieldMs: 5 };
const digests = { policy: `sha256:${"1".repeat(64)}`, rules: `sha256:${"2".repeat(64)}` } as const;
const eventually = { timeout: DEADLINE_MS, interval: 5 };
const workload = { apiVersion: "apps/v1", kind: "Deployment", namespace: "team", name: "web", uid: "d" };

/** Subjects that run, with their last verdict and what they are answered now. */
function run(subjects: Readonly<Record<string, VerdictAnswer>>, last: StoredVerdict = storedVerdict()) {
  const judged = new Set<string>();
  const asked: string[] = [];
  const events: ClusterEvent[] = [];
  const lines: { readonly message: string; readonly change?: string }[] = [];
  const stop = new AbortController();
  const state = { waiting: 0, looks: 0, isBroken: false, now: Date.parse("2026-06-15T12:00:00Z") };
  const ended = rejudgeRunning(
    "en",
    {
      subjects: {
        keepSubject: async () => {},
        async outdated() {
          if (state.isBroken) throw new Error("the store is gone");
          return Object.keys(subjects).filter((digest) => !judged.has(digest));
        },
        running: async () => Object.keys(subjects),
        async subject(digest) {
          const subject = { object: {}, digest } as unknown as RunningSubject["subject"];
          return { subject, namespace: "team", last, workloads: [workload] };
        },
      },
      digests: () => digests,
      async verdictOf({ digest }) {
        asked.push(digest);
        const answer = subjects[digest] ?? { kind: "under-examination" };
        if (answer.kind === "known") judged.add(digest);
        return answer;
      },
      async waiting() {
        state.looks += 1;
        return state.waiting;
      },
      enforced: (day) => day >= "2026-06-16",
      events: {
        async write(event) {
          events.push(event);
          return "written";
        },
      },
      log: (_, message, fields) => lines.push({ message, ...fields }),
      now: () => state.now,
    },
    stop.signal,
    TIMES,
  );
  const end = async () => {
    stop.abort();
    await ended;
  };
  return { asked, events, lines, state, end };
}

test("each subject is judged once, and what turned is an event on its workload", async () => {
  const no = storedVerdict({ scans: { answer: "no" } });
  const running = run({
    same: { kind: "known", stored: storedVerdict() },
    turned: { kind: "known", stored: no },
  });
  await expect.poll(() => running.lines.map(({ message }) => message), eventually).toContain("judged again");
  await running.end();
  expect(running.asked).toEqual(["same", "turned"]);
  expect(running.events).toEqual([
    {
      object: workload,
      type: "Warning",
      reason: "DouaneRowRefused",
      message: expect.stringContaining("no, was yes"),
    },
  ]);
  expect(running.lines.find(({ message }) => message === "judged again")).toMatchObject({
    subjects: 2,
    changed: 1,
  });
});

test("while new pods wait for an examination, nothing is judged again", async () => {
  const running = run({ one: { kind: "known", stored: storedVerdict() } });
  running.state.waiting = 1;
  await expect.poll(() => running.state.looks, eventually).toBeGreaterThan(5);
  expect(running.asked).toEqual([]);
  running.state.waiting = 0;
  await expect.poll(() => running.asked, eventually).toEqual(["one"]);
  await running.end();
});

test("what cannot be judged is tried again after its time, and a store that is gone ends nothing", async () => {
  const running = run({ one: { kind: "under-examination" } });
  await expect.poll(() => running.asked, eventually).toEqual(["one"]);
  running.state.isBroken = true;
  await expect
    .poll(() => running.lines.map(({ message }) => message), eventually)
    .toContain("not judged again");
  running.state.isBroken = false;
  expect(running.asked).toEqual(["one"]);
  running.state.now += 60_001;
  await expect.poll(() => running.asked, eventually).toEqual(["one", "one"]);
  await running.end();
});

test("on the day on which a future row comes into force, its workloads are told", async () => {
  const last = storedVerdict();
  const rows = last.verdict.rows.map((row) =>
    row.category === "future" ? { ...row, answer: "unproven" as const } : row,
  );
  const running = run(
    { one: { kind: "known", stored: last } },
    { ...last, verdict: { ...last.verdict, rows } },
  );
  await expect.poll(() => running.lines.length, eventually).toBeGreaterThan(0);
  running.state.now += 86_400_000;
  const reasons = () => new Set(running.events.map(({ reason }) => reason));
  await expect.poll(() => reasons().has("DouaneRowInForce"), eventually).toBe(true);
  await running.end();
});
