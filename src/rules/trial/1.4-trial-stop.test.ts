import { expect, test } from "vitest";
import {
  asked,
  DEADLINE,
  exits,
  hook,
  KILLED,
  STOPPED,
  server,
  type TrialSketch,
  trialFacts,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ExitEvent, TrialEvent } from "../../contract/trial-events.ts";
import { trialStop } from "./1.4-trial-stop.ts";

const REDIS: TrialEvent = {
  kind: "output",
  stream: "stdout",
  bytes: 90,
  stopped: 6,
  sample:
    "ready\nReceived SIGTERM\nFailed opening the temp file: Read-only file system\nError, can't exit.\n",
};
const FORCED: ExitEvent = { kind: "exit", by: "stop", afterMs: 30_000, signal: "SIGKILL", forced: true };
const UNREADY: TrialEvent = { kind: "ready", by: "nothing", afterMs: 30_000 };
const stops = (end: ExitEvent, ...more: readonly TrialEvent[]): TrialSketch => ({
  restart: server({ end, more }),
});

test.each([
  ["in time", {}, "pass"],
  ["by the signal itself", stops({ kind: "exit", by: "stop", afterMs: 2, signal: "SIGTERM" }), "pass"],
  ["asked in the writable run", { restart: exits(1), writable: server({ end: STOPPED }) }, "pass"],
  ["killed after the grace period", stops(FORCED), "fail"],
  [
    "killed while its output was slowed down",
    stops(FORCED, { kind: "limit", what: "output-rate" }),
    "unproven",
  ],
  ["killed while it was not up", { restart: [UNREADY, FORCED] }, "unproven"],
  [
    "StopSignal SIGKILL",
    { ...stops({ ...STOPPED, signal: "SIGKILL" }), settings: { stopSignal: "KILL" } },
    "unproven",
  ],
  ["never asked, the restart failed", { restart: exits(1) }, "unproven"],
  ["never started", { "read-only": exits(1), restart: null, writable: exits(1) }, "unproven"],
  ["cut", { restart: [DEADLINE], writable: null }, "unproven"],
  ["a batch", { settings: { lifetime: "batch" } }, "n/a"],
] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
  expect(trialStop.check({ trial: trialFacts(sketch) }).status).toBe(status);
});

/** A stop in another phase, with a handler installed. */
const HANDLED = server({ end: { ...KILLED, handled: true } });
const early = (changes: Partial<ExitEvent>): TrialSketch => ({
  "read-only": HANDLED,
  ...stops({ ...FORCED, handled: false, ...changes }),
});

test.each([
  ["made it later", early({ handledAtEnd: true }), "unproven"],
  ["nobody looked at the end", early({}), "unproven"],
  ["made none while it was up", early({ handledAtEnd: false }), "fail"],
  [
    "made none, and was not up",
    { "read-only": HANDLED, restart: [UNREADY, { ...FORCED, handled: false, handledAtEnd: false }] },
    "unproven",
  ],
  ["refuses with it, too", { ...early({}), writable: server({ end: { ...FORCED, handled: true } }) }, "fail"],
  ["stops with it", { ...early({ handledAtEnd: false }), writable: server({ end: STOPPED }) }, "unproven"],
] satisfies readonly [string, TrialSketch, string][])(
  "asked without the handler that it has elsewhere, it %s",
  (_, sketch, status) => {
    expect(trialStop.check({ trial: trialFacts(sketch) }).status).toBe(status);
  },
);

const SLEPT = hook("preStop", { does: "sleep", tookMs: 10_000 });
const failed = (error: string) => hook("preStop", { ok: false, error });

test.each([
  ["sleeps", stops(STOPPED, SLEPT), "pass"],
  ["sleeps, and the stop is killed", stops({ ...FORCED, afterMs: 20_000 }, SLEPT), "fail"],
  ["fails", stops(STOPPED, failed("exit 3")), "fail"],
  ["fails without a word", stops(STOPPED, hook("preStop", { ok: false })), "fail"],
  ["fails, while a dependency is missing", stops(STOPPED, failed("exit 7"), asked("db")), "unproven"],
  ["is cut with the grace period", stops(STOPPED, failed("timeout")), "fail"],
  ["stops the application itself", stops(STOPPED, failed("ended")), "pass"],
  [
    "fails on a read-only root alone",
    { ...stops(STOPPED, failed("exit 1")), writable: server({ end: STOPPED, more: [hook("preStop")] }) },
    "pass",
  ],
  [
    "fails on a writable root alone",
    { ...stops(STOPPED, hook("preStop")), writable: server({ end: STOPPED, more: [failed("exit 1")] }) },
    "fail",
  ],
  ["is not the replica's", { replica: server({ more: [failed("exit 1")] }) }, "pass"],
  ["is none: postStart fails", stops(STOPPED, hook("postStart", { ok: false, error: "exit 1" })), "pass"],
] satisfies readonly [string, TrialSketch, string][])("a preStop that %s: → %s", (_, sketch, status) => {
  expect(trialStop.check({ trial: trialFacts(sketch) }).status).toBe(status);
});

test("the time of preStop is told", () => {
  const check = (sketch: TrialSketch) => trialStop.check({ trial: trialFacts(sketch) });
  expect(check(stops(STOPPED, SLEPT))).toMatchObject({
    proof: {
      en: expect.stringContaining(
        "stopped 12 ms after SIGTERM (code 0), sent at the end of preStop (10 s), in",
      ),
      fr: expect.stringContaining(
        "arrêtée 12 ms après SIGTERM (code 0), envoyé à la fin de preStop (10 s), en",
      ),
    },
    notes: [],
  });
  expect(check(stops({ ...STOPPED, afterMs: 0 }, { ...SLEPT, ok: false, error: "ended" }))).toMatchObject({
    proof: { en: expect.stringContaining("stopped by preStop within 10 s (code 0), in") },
  });
  expect(check(stops({ ...FORCED, afterMs: 20_000 }, SLEPT))).toMatchObject({
    findings: [
      {
        message: {
          en: "preStop took 10 s of the grace period of 30 s, and the application, which still ran 20 s after SIGTERM, was killed",
        },
      },
    ],
  });
  expect(check(stops({ ...FORCED, afterMs: 2_000 }, { ...SLEPT, tookMs: 28_000 }))).toMatchObject({
    findings: [{ remedy: { en: expect.stringContaining("Shorten preStop") } }],
  });
  expect(check(stops({ ...STOPPED, afterMs: 1_500 }, { ...SLEPT, tookMs: 29_000 }))).toMatchObject({
    status: "pass",
    notes: [
      { message: { en: expect.stringContaining("together take 30.5 s, more than the grace period (30 s)") } },
    ],
  });
  expect(check(stops(STOPPED, failed("timeout")))).toMatchObject({
    findings: [
      {
        message: {
          en: expect.stringMatching(
            /^preStop \(exec\) had not ended when the grace period \(30 s\) was over/,
          ),
        },
      },
    ],
  });
  expect(check(stops(STOPPED, failed("exit 3")))).toMatchObject({
    findings: [
      { message: { en: expect.stringMatching(/^preStop \(exec\) fails \(exit 3\): the stop signal comes/) } },
    ],
  });
});

test("a preStop that but waits may be cut: the application had 2 s, and used them", () => {
  const trial = trialFacts(stops({ ...STOPPED, afterMs: 800 }, { ...failed("timeout"), tookMs: 30_000 }));
  const check = (command: readonly string[]) => {
    const spec = { name: "web", lifecycle: { preStop: { exec: { command } } } };
    const [placement] = placements(workloadFacts({ containers: [spec] }));
    return trialStop.check({ trial, ...(placement === undefined ? {} : { placement }) });
  };
  expect(check(["sh", "-c", "sleep 30"])).toMatchObject({
    status: "pass",
    notes: [{ message: { en: expect.stringContaining("only the 2 s that the kubelet gives") as string } }],
  });
  expect(check(["drain"])).toMatchObject({ status: "fail" });
});

test.each([
  [STOPPED, "stopped 12 ms after SIGTERM (code 0), in 4.2 s of trial"],
  [{ ...STOPPED, afterMs: 1_230, code: 143 }, "stopped 1.2 s after SIGTERM (code 143)"],
  [{ kind: "exit", by: "stop", afterMs: 2, signal: "SIGTERM" }, "(signal SIGTERM)"],
  [{ kind: "exit", by: "stop", afterMs: 2 }, "(unknown code)"],
] satisfies readonly [ExitEvent, string][])("the proof says when and how: %j → %s", (end, words) => {
  expect(trialStop.check({ trial: trialFacts(stops(end)) })).toMatchObject({
    proof: { en: expect.stringContaining(words) },
  });
});

test("the finding names signal and grace period", () => {
  expect(
    trialStop.check({ trial: trialFacts({ "read-only": server({ end: KILLED }), ...stops(FORCED) }) }),
  ).toMatchObject({
    findings: [{ message: { en: "the application still ran 30 s after SIGTERM, and was killed" } }],
  });
});

test("who reacts to the signal and does not end in time is told what it said, and another remedy", () => {
  const trial = trialFacts({ "read-only": server(), restart: server({ end: FORCED, more: [REDIS] }) });
  expect(trialStop.check({ trial })).toMatchObject({
    findings: [
      {
        message: {
          en: "the application still ran 30 s after SIGTERM, and was killed; on that signal it said: Error, can't exit.",
        },
        remedy: { en: expect.stringMatching(/^The application handles SIGTERM, but does not end in time/) },
      },
    ],
  });
  const mute = trialFacts({ "read-only": server(), restart: server({ end: FORCED }) });
  const outcome = trialStop.check({ trial: mute });
  expect(outcome.status === "fail" && outcome.findings[0].remedy).toBeUndefined();
});
