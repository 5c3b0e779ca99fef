import { expect, test } from "vitest";
import {
  DEADLINE,
  exits,
  KILLED,
  STOPPED,
  server,
  type TrialSketch,
  trialFacts,
} from "../../test/fixtures/trial-facts.ts";
import type { ExitEvent, TrialEvent } from "../contract/trial-facts.ts";
import { trialStop } from "./1.4-trial-stop.ts";

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
