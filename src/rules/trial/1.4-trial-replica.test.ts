import { describe, expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import {
  DEADLINE,
  exits,
  http,
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
import { TRIAL_CAPABILITIES } from "../../contract/trial-facts.ts";
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

const ready = (status: number, port = 8_080) => http("/healthz", "readiness", { status, port });
const READY = server({ more: [ready(200)] });
const PROBED: TrialSketch = { "read-only": READY, writable: READY };
const OLDER = TRIAL_CAPABILITIES.filter((look) => look !== "replica-readiness");
const grpc = (ok: boolean): TrialEvent => ({
  kind: "probe",
  why: "readiness",
  does: "grpc",
  target: "8080",
  ok,
  ...(ok ? {} : { error: "NOT_SERVING" }),
});

test.each([
  ["succeeds", { ...PROBED, replica: server({ more: [ready(200)] }) }, "pass"],
  ["succeeds at its other port", { ...PROBED, replica: server({ more: [ready(200, 18_080)] }) }, "pass"],
  ["answers 503 to the end", { ...PROBED, replica: server({ more: [ready(503)] }) }, "unproven"],
  [
    "answers 503 at its other port",
    { ...PROBED, replica: server({ more: [ready(503, 18_080)] }) },
    "unproven",
  ],
  ["could not be asked, since it listens elsewhere", { ...PROBED, replica: server() }, "pass"],
  [
    "was not asked by an older version",
    { ...PROBED, replica: server(), facts: { looks: OLDER } },
    "unproven",
  ],
  ["is declared by nobody", { replica: server(), facts: { looks: OLDER } }, "pass"],
  [
    "fails for both",
    { "read-only": server({ more: [ready(503)] }), writable: null, replica: server({ more: [ready(503)] }) },
    "pass",
  ],
  [
    "succeeds, over gRPC",
    { "read-only": server({ more: [grpc(true)] }), replica: server({ more: [grpc(true)] }) },
    "pass",
  ],
  [
    "fails, over gRPC",
    { "read-only": server({ more: [grpc(true)] }), replica: server({ more: [grpc(false)] }) },
    "unproven",
  ],
] satisfies readonly [string, TrialSketch, string][])(
  "the second replica's readinessProbe %s: → %s",
  (_, sketch, status) => {
    expect(trialReplica.check({ trial: trialFacts(sketch) }).status).toBe(status);
  },
);

test("what the second replica answered is said", () => {
  const trial = trialFacts({ ...PROBED, replica: server({ more: [ready(503)] }) });
  expect(trialReplica.check({ trial })).toMatchObject({
    reason: { en: expect.stringContaining("its readinessProbe fails (GET :8080/healthz 503) for 30 s") },
  });
});

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
