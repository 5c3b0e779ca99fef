import { expect, test } from "vitest";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import {
  DEADLINE,
  exits,
  KILLED,
  listener,
  OTHER_CONTAINER,
  server,
  type TrialSketch,
  trialFacts,
  worker,
} from "../../test/fixtures/trial-facts.ts";
import type { TrialEvent } from "../contract/trial-events.ts";
import { phaseRun } from "./phase-run.ts";

const BESIDE = [{ name: "web", imageId: digestOf(1) }];

const NOTHING: TrialEvent = { kind: "ready", by: "nothing", afterMs: 30_000 };
const LATE: readonly TrialEvent[] = [{ kind: "exit", by: "stop", afterMs: 30, code: 0 }];

test.each([
  ["a server", {}, "serving"],
  ["a worker from whom nothing is expected", { "read-only": worker(), settings: { ports: [] } }, "serving"],
  ["who listens elsewhere than expected", { "read-only": [NOTHING, listener(3000), KILLED] }, "serving"],
  ["who listens only once asked to stop", { "read-only": [NOTHING, listener(8080), ...LATE] }, "unready"],
  ["who does not listen as expected", { "read-only": [NOTHING, KILLED] }, "unready"],
  ["who ends once ready", { "read-only": [...server({ without: ["exit"] }), ...exits(0)] }, "exited"],
  ["who was not seen to the end", { "read-only": [NOTHING, listener(8080), DEADLINE] }, "cut"],
  ["of which nothing is told", { "read-only": [] }, "cut"],
  ["who did not start", { "read-only": [{ kind: "start-failed", message: "" }] }, "start-failed"],
  ["a batch that ends", { "read-only": exits(0), settings: { lifetime: "batch" } }, "completed"],
  ["a batch that fails", { "read-only": exits(2), settings: { lifetime: "batch" } }, "exited"],
  ["a batch that was ended", { "read-only": [KILLED], settings: { lifetime: "batch" } }, "unready"],
  ["who ends after another container", { "read-only": [OTHER_CONTAINER, ...exits(1)] }, "hindered"],
  ["who ends before another container", { "read-only": [...exits(1), OTHER_CONTAINER] }, "exited"],
  ["who is not ready, as another one is not", { "read-only": [NOTHING, OTHER_CONTAINER] }, "hindered"],
  ["who ends beside others", { "read-only": exits(1), facts: { beside: BESIDE } }, "exited"],
  [
    "who ends beside others before the time is up",
    { "read-only": exits(1, DEADLINE), facts: { beside: BESIDE } },
    "cut",
  ],
  ["who serves without the other one", { "read-only": server({ more: [OTHER_CONTAINER] }) }, "serving"],
  ["a phase that was left out", { "read-only": null }, "absent"],
] satisfies readonly [string, TrialSketch, string][])("%s: %s → %s", (_, sketch, state) => {
  expect(phaseRun(trialFacts(sketch), "read-only").state).toBe(state);
});

test("the better run of a replica counts, else the first", () => {
  const again = trialFacts({ replica: exits(1), replicaAgain: server() });
  expect(phaseRun(again, "replica").state).toBe("serving");
  const never = trialFacts({ replica: exits(1), replicaAgain: [NOTHING, KILLED] });
  expect(phaseRun(never, "replica").state).toBe("exited");
});
