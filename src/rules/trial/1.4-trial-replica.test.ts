import { describe, expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
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

test.each([
  ["PORT", "the port's usual variable, not followed", { replica: server() }, "pass"],
  ["NONE", "no variable", { replica: server() }, "pass"],
  ["LISTEN", "followed", { replica: server({ port: 18_080 }) }, "pass"],
  ["INSTANCE", "another use", { replica: server() }, "unproven"],
] satisfies readonly [string, string, TrialSketch, string][])(
  "the settings' variable %s (%s) → %s",
  (variable, _, sketch, status) => {
    const trial = trialFacts({ ...sketch, settings: { replica: { variable, port: 18_080 } } });
    expect(trialReplica.check({ trial }).status).toBe(status);
  },
);

describe("a container whose port another one of its pod opens", () => {
  const beside = [{ name: "web", imageId: digestOf(1) }];
  const first = (by: "probe" | "nothing") => [
    { kind: "ready", by, afterMs: 5 } as const,
    said("t\n"),
    KILLED,
  ];
  const status = (run: readonly TrialEvent[], replica: readonly TrialEvent[], facts: object = { beside }) =>
    trialReplica.check({ trial: trialFacts({ "read-only": run, writable: run, replica, facts }) }).status;

  test.each([
    ["answers at first, and not in the replica", first("probe"), UNREADY, "unproven"],
    ["answers both times", first("probe"), [...first("probe")], "pass"],
    ["answers, and it ends in the replica", first("probe"), exits(1), "fail"],
  ] as const)("that %s", (_, run, replica, expected) => {
    expect(status(run, replica)).toBe(expected);
  });

  test("alone in its pod, or with a port of its own, it is refuted as ever", () => {
    expect(status(first("probe"), UNREADY, {})).toBe("fail");
    expect(status(server(), UNREADY)).toBe("fail");
  });
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
