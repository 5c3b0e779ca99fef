import { expect, test } from "vitest";
import { exits, STOPPED, server, type TrialSketch, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ExitEvent } from "../../contract/trial-events.ts";
import { trialLogs } from "./1.2-trial-logs.ts";
import { trialReadOnlyRoot } from "./1.2-trial-read-only-root.ts";
import { trialListen } from "./1.3-trial-listen.ts";
import { trialReplica } from "./1.4-trial-replica.ts";
import { trialRestart } from "./1.4-trial-restart.ts";
import { trialStop } from "./1.4-trial-stop.ts";
import { asDeployed } from "./deployed-runs.ts";

function placed(readOnlyRootFilesystem: boolean) {
  const workload = workloadFacts({
    containers: [{ name: "web", securityContext: { readOnlyRootFilesystem } }],
  });
  const [placement] = placements(workload);
  if (placement === undefined) throw new Error("no container");
  return { workload, placement };
}

/** Ends on the read-only root and works on the writable one. */
const DIES: TrialSketch = {
  "read-only": exits(1),
  restart: server({ end: STOPPED }),
  restartRoot: "writable",
  replica: exits(1),
  replicaAgain: server({ port: 18_080 }),
};
const RULES = { trialLogs, trialListen, trialStop, trialRestart, trialReplica };

test.each(Object.entries(RULES))(
  "%s: phases on a writable root prove nothing of a read-only one",
  (_, rule) => {
    const trial = trialFacts(DIES);
    expect(rule.check({ trial, ...placed(true) }).status).toBe("unproven");
    expect(rule.check({ trial, ...placed(false) }).status).toBe("pass");
    expect(rule.check({ trial }).status).toBe("pass");
    expect(rule.check({ trial: trialFacts(), ...placed(true) }).status).toBe("pass");
  },
);

const BUSY = { kind: "limit", what: "processor" } as const;
const FORCED: ExitEvent = { kind: "exit", by: "stop", afterMs: 30_000, signal: "SIGKILL", forced: true };

test.each<[string, TrialSketch, boolean, string]>([
  [
    "refused on the read-only root decides",
    { writable: server({ end: STOPPED }), restart: server({ end: FORCED }) },
    true,
    "fail",
  ],
  [
    "refused on the read-only root, heeded on the writable one",
    { writable: server({ end: STOPPED }), restart: server({ end: FORCED }) },
    false,
    "unproven",
  ],
  [
    "refused on the writable root, after requests that the restart is not sent",
    { writable: server({ end: FORCED }) },
    true,
    "unproven",
  ],
  [
    "the same where the writable root is the deployed one",
    { writable: server({ end: FORCED }) },
    false,
    "unproven",
  ],
  ["heeded on both roots", { writable: server({ end: STOPPED }) }, true, "pass"],
  [
    "asked before it had its handler",
    {
      "read-only": server({ end: { kind: "exit", by: "kill", afterMs: 1, handled: true } }),
      restart: server({ end: { ...FORCED, handled: false } }),
    },
    false,
    "unproven",
  ],
  [
    "asked when it had its handler",
    {
      "read-only": server({ end: { kind: "exit", by: "kill", afterMs: 1, handled: true } }),
      restart: server({ end: { ...FORCED, handled: true } }),
    },
    false,
    "fail",
  ],
  [
    "who never has a handler",
    {
      "read-only": server({ end: { kind: "exit", by: "kill", afterMs: 1, handled: false } }),
      restart: server({ end: { ...FORCED, handled: false } }),
    },
    false,
    "fail",
  ],
  [
    "refused on a busy machine",
    { restart: server({ end: FORCED, more: [{ kind: "limit", what: "processor" }] }) },
    false,
    "unproven",
  ],
  [
    "refused while others had the processor",
    { restart: server({ end: { ...FORCED, starved: true } }) },
    false,
    "unproven",
  ],
  [
    "refused by who had a handler, when the machine was busy before",
    { restart: server({ end: { ...FORCED, handled: true }, more: [BUSY] }) },
    false,
    "fail",
  ],
  [
    "refused to the end of a quiet grace period without a handler",
    { restart: server({ end: { ...FORCED, handled: false, handledAtEnd: false }, more: [BUSY] }) },
    false,
    "fail",
  ],
  [
    "refused by who got its handler meanwhile, on a machine that was busy before",
    { restart: server({ end: { ...FORCED, handled: false, handledAtEnd: true }, more: [BUSY] }) },
    false,
    "unproven",
  ],
])("a stop that is %s", (_, sketch, imposed, status) => {
  expect(trialStop.check({ trial: trialFacts(sketch), ...placed(imposed) }).status).toBe(status);
});

test.each<[string, TrialSketch, object]>([
  ["ends there, in two pods", DIES, { status: "fail" }],
  [
    "ends there, in one pod of two",
    {
      ...DIES,
      "read-only": [{ kind: "exit", by: "itself", afterMs: 50, code: 1 }],
      replica: server({ port: 18_080 }),
    },
    {
      status: "unproven",
      doubtful: true,
      reason: { en: expect.stringContaining("two starts on the read-only root disagree") as string },
    },
  ],
  [
    "ends on both roots",
    { ...DIES, writable: exits(1), restart: null },
    { status: "unproven", doubtful: true },
  ],
  [
    "is not ready there, in one pod of two",
    {
      ...DIES,
      "read-only": [{ kind: "ready", by: "nothing", afterMs: 30_000 }],
      replica: server({ port: 18_080 }),
    },
    { status: "unproven", doubtful: true },
  ],
])("of an application that %s, the manifest's read-only root is no proof", (_, sketch, outcome) => {
  expect(trialReadOnlyRoot.check({ trial: trialFacts(sketch), ...placed(true) })).toMatchObject(outcome);
});

test("without such a manifest the trial stays as it is", () => {
  const trial = trialFacts(DIES);
  expect(asDeployed({ trial, ...placed(false) })).toBe(trial);
  expect(asDeployed({ trial, ...placed(true) }).phases.map(({ root }) => root)).toEqual([
    "read-only",
    "read-only",
  ]);
});

test.each<[string, TrialSketch]>([
  ["restart", { restart: exits(1, { kind: "limit", what: "processor" }) }],
  ["replica", { replica: exits(1, { kind: "limit", what: "processor" }) }],
])("a %s that fails on a busy machine shows nothing", (_, sketch) => {
  const rule = "restart" in sketch ? trialRestart : trialReplica;
  expect(rule.check({ trial: trialFacts(sketch) })).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("so busy") as string },
  });
});
