import { expect, test } from "vitest";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { OutputEvent } from "../../contract/trial-events.ts";
import { phaseRun } from "../../observations/phase-run.ts";
import { shutdownOutput } from "./shutdown-output.ts";

function said(output: Partial<OutputEvent>): readonly string[] {
  const event = { kind: "output", stream: "stderr", bytes: 12, sample: "start\nstop!\n", ...output } as const;
  return shutdownOutput(phaseRun(trialFacts({ restart: [event] }), "restart"));
}

test.each([
  ["what came after the signal", { stopped: 6 }, ["stop!"]],
  ["all of it", { stopped: 0 }, ["start", "stop!"]],
  ["nothing", { stopped: 12 }, []],
  ["nothing, of a trial that did not look", {}, []],
  ["what begins within a line is left out", { stopped: 3 }, ["stop!"]],
  ["a line that is cut", { stopped: 8 }, []],
  ["a line that has no end", { bytes: 10, sample: "start\nstop", stopped: 8 }, []],
  ["of a sample that is cut", { bytes: 1_000, stopped: 994, cut: true as const }, ["stop!"]],
])("%s", (_, output, lines) => {
  expect(said(output)).toEqual(lines);
});
