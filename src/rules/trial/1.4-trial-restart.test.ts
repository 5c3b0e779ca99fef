import { describe, expect, test } from "vitest";
import { asMasked } from "../../../test/fixtures/masked.ts";
import {
  asked,
  DEADLINE,
  exits,
  hook,
  KILLED,
  late,
  listener,
  OTHER_CONTAINER,
  SLOW,
  STOPPED,
  said,
  server,
  type TrialSketch,
  trialFacts,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { TRIAL_CAPABILITIES } from "../../contract/trial-facts.ts";
import { trialRestart } from "./1.4-trial-restart.ts";

const UNREADY: readonly TrialEvent[] = [{ kind: "ready", by: "nothing", afterMs: 30_000 }, STOPPED];
const LATE = late(UNREADY);
const OLDER = TRIAL_CAPABILITIES.filter((look) => look !== "stopped-starts");

function never(...events: readonly TrialEvent[]): TrialSketch {
  return { "read-only": events, writable: events, restart: null };
}

const failed = (error: string) => hook("postStart", { ok: false, error });
const starts = (...more: readonly TrialEvent[]): TrialSketch => ({
  "read-only": server({ more }),
  restart: server({ end: STOPPED, more }),
  writable: server({ more }),
});

test.each([
  ["succeeds", starts(hook("postStart")), "pass"],
  ["fails", starts(failed("exit 1")), "fail"],
  ["fails, while a dependency is missing", starts(failed("exit 1"), asked("db")), "unproven"],
  ["does not end", starts(failed("timeout")), "unproven"],
  [
    "fails on a read-only root alone",
    { ...starts(failed("exit 1")), writable: server({ more: [hook("postStart")] }) },
    "pass",
  ],
  [
    "fails the second time, whatever the root",
    { ...starts(failed("exit 1")), "read-only": server({ more: [hook("postStart")] }) },
    "fail",
  ],
  [
    "fails the second time on a read-only root",
    { ...starts(hook("postStart")), restart: server({ end: STOPPED, more: [failed("exit 1")] }) },
    "fail",
  ],
  ["ends with a container that comes up all the same", starts(failed("ended")), "pass"],
  ["fails in the replica, with its other port", { replica: server({ more: [failed("exit 1")] }) }, "pass"],
] satisfies readonly [string, TrialSketch, string][])("a postStart that %s: → %s", (_, sketch, status) => {
  expect(trialRestart.check({ trial: trialFacts(sketch) }).status).toBe(status);
});

test("what postStart does to a container is said", () => {
  const check = (...more: readonly TrialEvent[]) =>
    trialRestart.check({ trial: trialFacts(starts(...more)) });
  expect(check(failed("exit 1"))).toMatchObject({
    findings: [
      {
        message: { en: "postStart (exec) fails (exit 1): the kubelet then kills the container" },
        remedy: { en: expect.stringContaining("Correct postStart's command or port") },
      },
    ],
  });
  expect(check(failed("exit 7"), asked("db"))).toMatchObject({
    reason: { en: "not observed: postStart (exec) fails (exit 7), missing dependency db" },
  });
  expect(check(failed("timeout"))).toMatchObject({
    reason: { en: "not observed: postStart (exec) had not ended after 30 s" },
    settle: { en: "Raise trial.readyTimeout (douane.yaml)." },
  });
});

test.each([
  ["again, with the same /tmp", {}, "pass"],
  ["again, on a writable root", { "read-only": exits(1), restartRoot: "writable" }, "pass"],
  ["not again", { restart: exits(5, said("already running\n")) }, "fail"],
  ["not ready again", { restart: UNREADY }, "fail"],
  ["not ready again, slow the first time", { "read-only": SLOW, restart: UNREADY }, "unproven"],
  ["not ready again, up too late with a writable root", { ...LATE, restart: UNREADY }, "unproven"],
  ["ended again, slow the first time", { "read-only": SLOW, restart: exits(5) }, "fail"],
  [
    "out of memory the second time",
    { restart: [{ kind: "exit", by: "itself", afterMs: 1, signal: "SIGKILL", outOfMemory: true }] },
    "unproven",
  ],
  ["not again, nor another container of the pod", { restart: [OTHER_CONTAINER, ...exits(5)] }, "unproven"],
  ["again after its stop, too", { "after-stop": server() }, "pass"],
  ["not after its stop", { "after-stop": exits(5) }, "fail"],
  ["not ready after its stop", { "after-stop": UNREADY }, "fail"],
  ["not ready after its stop, by chance", { ...LATE, "after-stop": UNREADY }, "unproven"],
  [
    "not after its stop, on a machine that was too busy",
    { "after-stop": [...exits(5), { kind: "limit", what: "processor" }] },
    "unproven",
  ],
  ["cut after its stop", { "after-stop": [DEADLINE] }, "unproven"],
  [
    "never stopped by a version that would not have started it again",
    { facts: { looks: OLDER } },
    "unproven",
  ],
  ["cut", { restart: [DEADLINE] }, "unproven"],
  ["left out", { restart: null }, "unproven"],
  [
    "a bound was hit",
    { restart: server({ end: STOPPED, more: [{ kind: "limit", what: "processes" }] }) },
    "unproven",
  ],
  ["never up", never(...exits(1)), "unproven"],
  ["never up, for a dependency", never(asked("db"), ...exits(0)), "unproven"],
  ["ended well at once", never(...exits(0)), "unproven"],
  ["ended well, having listened", never(listener(8080), ...exits(0)), "fail"],
  [
    "ended well, having listened, for a dependency",
    never(listener(8080), asked("db"), ...exits(0)),
    "unproven",
  ],
] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
  expect(trialRestart.check({ trial: trialFacts(sketch) }).status).toBe(status);
});

describe("a first process that ends well, in a workload", () => {
  const trial = trialFacts(never(...exits(0, said("done\n", "stdout"))));
  const workload = workloadFacts({
    initContainers: [{ name: "init" }, { name: "proxy", restartPolicy: "Always" }],
  });
  const [init, sidecar, app] = placements(workload);

  test.each([
    ["that runs for long", workload, app, "fail"],
    ["as a sidecar", workload, sidecar, "fail"],
    ["as an init container", workload, init, "unproven"],
    ["that ends", asMasked({ ...workload, lifetime: "batch" as const }), app, "unproven"],
  ])("%s: → %s", (_, given, placement, status) => {
    expect(
      trialRestart.check({ trial, workload: given, ...(placement === undefined ? {} : { placement }) })
        .status,
    ).toBe(status);
  });

  test("is said to leave nothing in the foreground", () => {
    const outcome = trialRestart.check({ trial, workload, ...(app === undefined ? {} : { placement: app }) });
    expect(outcome).toMatchObject({
      findings: [
        {
          message: {
            en: expect.stringContaining(
              "ended by itself after 0.2 s, code 0: nothing stays in the foreground",
            ),
          },
        },
      ],
    });
  });
});

test("the finding quotes the last line", () => {
  const outcome = (sketch: TrialSketch) => trialRestart.check({ trial: trialFacts(sketch) });
  expect(outcome({ restart: exits(5, said("a\nalready running\n")) })).toMatchObject({
    findings: [
      {
        message: {
          en: "after kill -9, with the same /tmp, the application does not start again (already running)",
        },
      },
    ],
  });
  expect(outcome({ "after-stop": exits(1, said("maintenance\n")) })).toMatchObject({
    findings: [
      {
        message: {
          en: "after an orderly stop, with the same /tmp and volumes, the application does not start again (maintenance)",
        },
      },
    ],
  });
  expect(outcome({ restart: exits(5) })).toMatchObject({
    findings: [{ message: { en: expect.stringMatching(/start again$/) } }],
  });
});

test("a batch ends with 0 twice", () => {
  const sketch: TrialSketch = {
    "read-only": exits(0),
    writable: exits(0),
    restart: exits(0),
    settings: { lifetime: "batch" },
  };
  expect(trialRestart.check({ trial: trialFacts(sketch) })).toMatchObject({
    proof: { en: expect.stringMatching(/^ended with 0 twice with the same \/tmp, in 4\.2 s/) },
  });
  const unfinished = { ...sketch, restart: [KILLED] };
  expect(trialRestart.check({ trial: trialFacts(unfinished) })).toMatchObject({
    status: "fail",
    findings: [{ message: { en: "a second run, with the same /tmp, fails" } }],
  });
  const slow: TrialSketch = { ...unfinished, settings: { lifetime: "batch", readyMs: 300 } };
  expect(trialRestart.check({ trial: trialFacts(slow) }).status).toBe("unproven");
  const failing: TrialSketch = { ...sketch, "read-only": exits(1), writable: exits(1), restart: null };
  expect(trialRestart.check({ trial: trialFacts(failing) }).status).toBe("unproven");
});
