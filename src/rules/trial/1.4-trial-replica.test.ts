import { expect, test } from "vitest";
import {
  DEADLINE,
  exits,
  KILLED,
  late,
  listener,
  SLOW,
  said,
  server,
  type TrialSketch,
  trialFacts,
} from "../../../test/fixtures/trial-facts.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { trialReplica } from "./1.4-trial-replica.ts";

const UNREADY: readonly TrialEvent[] = [{ kind: "ready", by: "nothing", afterMs: 30_000 }, KILLED];
const LATE = late(UNREADY);

test.each([
  ["it runs", {}, "pass"],
  ["it runs on a writable root", { replica: exits(1), replicaAgain: server() }, "pass"],
  ["it ends early", { replica: exits(1), replicaAgain: exits(1) }, "fail"],
  ["it is never ready", { replica: UNREADY }, "fail"],
  ["it is never ready, the first one being late", { ...LATE, replica: UNREADY }, "unproven"],
  ["it is never ready, the first one being slow", { "read-only": SLOW, replica: UNREADY }, "unproven"],
  [
    "it runs out of memory",
    { replica: [{ kind: "exit", by: "itself", afterMs: 1, signal: "SIGKILL", outOfMemory: true }] },
    "unproven",
  ],
  [
    "it listens, and not where it should",
    { replica: [listener(9), { kind: "ready", by: "nothing", afterMs: 30_000 }, KILLED] },
    "unproven",
  ],
  ["it is cut", { replica: [DEADLINE] }, "unproven"],
  ["it hits a bound", { replica: server({ more: [{ kind: "limit", what: "processes" }] }) }, "unproven"],
  [
    "the first one does not run either",
    { "read-only": exits(1), writable: exits(1), replica: exits(1) },
    "unproven",
  ],
] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
  expect(trialReplica.check({ trial: trialFacts(sketch) }).status).toBe(status);
});

test("the finding quotes the last line", () => {
  const outcome = (sketch: TrialSketch) => trialReplica.check({ trial: trialFacts(sketch) });
  expect(outcome({ replica: exits(1, said("lock held\n")) })).toMatchObject({
    findings: [{ message: { en: "a second replica does not start beside the first one (lock held)" } }],
  });
  expect(outcome({ replica: exits(1) })).toMatchObject({
    findings: [{ message: { en: expect.stringMatching(/first one$/) } }],
  });
});
