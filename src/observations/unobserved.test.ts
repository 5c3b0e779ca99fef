import { expect, test } from "vitest";
import {
  asked,
  called,
  DEADLINE,
  exits,
  KILLED,
  MOVED,
  OTHER_CONTAINER,
  probe,
  said,
  server,
  type TrialSketch,
  trialFacts,
} from "../../test/fixtures/trial-facts.ts";
import type { TrialEvent } from "../contract/trial-events.ts";
import { phaseRun } from "./phase-run.ts";
import { unobserved } from "./unobserved.ts";

/** A Service that chooses the pod itself, called before the pod was ready. */
const OWN_SERVICE = { ...called("10.96.1.1", 80, "app"), own: true } as TrialEvent;

const UNREADY: TrialEvent = { kind: "ready", by: "nothing", afterMs: 30_000 };
const only = (...events: readonly TrialEvent[]): TrialSketch => ({ "read-only": events });
const killed = { kind: "exit", by: "itself", afterMs: 900, signal: "SIGKILL" } as const;

test.each([
  [
    "start-failed",
    only({ kind: "start-failed", message: "exec: no such file" }),
    "could not start (exec: no such file)",
    "trial.args",
  ],
  [
    "a program that its user may not start",
    only({ kind: "start-failed", message: "exec: /app/start.sh: permission denied" }),
    "could not start (exec: /app/start.sh: permission denied)",
    "COPY --chmod=755",
  ],
  [
    "a program that the kubelet's file for messages hides",
    {
      ...only({ kind: "start-failed", message: "exec: /app/run: permission denied" }),
      settings: { messagePath: "/app/run" },
    },
    "could not start (exec: /app/run: permission denied)",
    "Remove terminationMessagePath: /app/run from the manifest",
  ],
  [
    "a program beside that file",
    {
      ...only({ kind: "start-failed", message: "exec: /app/start: no such file" }),
      settings: { messagePath: "/app/run" },
    },
    "could not start",
    "Check ENTRYPOINT, CMD and WORKDIR",
  ],
  [
    "a program of another processor",
    only({ kind: "start-failed", message: "exec /app: exec format error" }),
    "could not start (exec /app: exec format error)",
    "docker build --platform linux/arm64",
  ],
  [
    "a variable that nobody gave",
    only(...exits(1, said("Error: DATABASE_URL is required\n"))),
    "code 1: Error: DATABASE_URL is required",
    "Give the variable DATABASE_URL in env of the manifest; for an image alone, or for a value that the manifest takes from a Secret or ConfigMap, in trial.env (douane.yaml). Full output: douane trial … --keep FOLDER.",
  ],
  ["out of memory", only({ ...killed, outOfMemory: true }), "out of memory", "trial.memory"],
  [
    "a missing name",
    only(asked("db"), ...exits(1)),
    "missing dependency db (the process ended by itself after 0.2 s, code 1)",
    "Declare db in trial.dependencies",
  ],
  [
    "a missing address",
    only(called("192.0.2.1", 5432), called("2001:db8::1", 1), ...exits(1)),
    "missing dependency 192.0.2.1:5432, [2001:db8::1]:1",
    "Give a name rather than the address 192.0.2.1:5432",
  ],
  [
    "a Service whose variables gave its address",
    {
      ...only(called("10.96.1.1", 5432), ...exits(1)),
      facts: { services: [{ name: "db", address: "10.96.1.1" }] },
    },
    "missing dependency db (the process",
    "Declare db in trial.dependencies",
  ],
  [
    "a silent fake dependency",
    only(called("10.97.0.1", 5432, "db"), ...exits(1)),
    "missing dependency db:5432",
    "give it an image in trial.dependencies",
  ],
  [
    "a dependency that it waits for",
    only(asked("db"), UNREADY, KILLED),
    "not observed: missing dependency db",
    "trial.dependencies",
  ],
  [
    "another container of the pod",
    only(OTHER_CONTAINER, ...exits(10)),
    "a possible dependency in the same pod did not work: proxy (the process ended by itself after 0.2 s, code 10)",
    "First resolve what the trial reports about the container proxy",
  ],
  [
    "its pod's own Service, which was called in vain",
    only(OWN_SERVICE, ...exits(1)),
    "the pod's own Service leads to ready pods only, and this pod was not ready: app:80",
    "publishNotReadyAddresses: true",
  ],
  [
    "its pod's own Service, and another container of the pod",
    only(OWN_SERVICE, OTHER_CONTAINER, ...exits(10)),
    "a possible dependency in the same pod did not work: proxy (",
    "the container proxy of",
  ],
  [
    "another name than that of its pod's headless Service, which has an address once the pod is ready",
    only(asked("app"), asked("db"), { ...asked("app"), answered: true } as TrialEvent, ...exits(1)),
    "missing dependency db (the process",
    "Declare db in trial.dependencies",
  ],
  [
    "a missing name, and its pod's own Service",
    only(asked("db"), OWN_SERVICE, ...exits(1)),
    "missing dependency db (the process",
    "Declare db in trial.dependencies",
  ],
  [
    "its pod's own Service, which led to the pod once it was ready",
    only(OWN_SERVICE, { ...OWN_SERVICE, served: true } as TrialEvent, ...exits(1)),
    "not observed: the process ended by itself after 0.2 s, code 1",
    "trial.env",
  ],
  [
    "one that had moved, beside one that did not work",
    only(OTHER_CONTAINER, { ...MOVED, container: "web" }, ...exits(10)),
    "a possible dependency in the same pod did not work: proxy (",
    "the container proxy of",
  ],
  [
    "a missing name, and another container of the pod",
    only(asked("db"), OTHER_CONTAINER, ...exits(1)),
    "missing dependency db, proxy (the process",
    "Declare db in trial.dependencies",
  ],
  [
    "one that had moved",
    only(MOVED, ...exits(10)),
    "a possible dependency in the same pod moved to the second replica's port: proxy",
    "let proxy keep its port",
  ],
  [
    "an early end",
    only(...exits(1, said("x\n", "stdout"), said("a\nDATABASE_URL is required\n\n"))),
    "after 0.2 s, code 1: DATABASE_URL is required",
    "trial.env",
  ],
  ["an early end by a signal", only(killed), "after 0.9 s, signal SIGKILL", "trial.env"],
  ["an early end with 0", only(...exits(0)), "after 0.2 s, code 0", "lifetime: batch"],
  ["not ready", only(UNREADY, KILLED), "not ready within 30 s (ports expected: 8080)", "trial.readyTimeout"],
  [
    "a probe that fails",
    { ...only(UNREADY, probe("x", { ok: false }), KILLED), settings: { ports: [] } },
    "not ready within 30 s",
    "trial.readyTimeout",
  ],
  [
    "an HTTP probe that fails",
    { ...only(UNREADY, KILLED), settings: { ports: [], triedPaths: [] } },
    "not ready within 30 s",
    "trial.readyTimeout",
  ],
  [
    "a batch that does not end",
    { ...only(KILLED), settings: { lifetime: "batch" } },
    "the task had not ended after 30 s",
    "trial.readyTimeout",
  ],
  ["the deadline", only(DEADLINE), "the trial's whole time was up", "trial.duration"],
  [
    "the deadline before it",
    { "read-only": null, writable: [DEADLINE] },
    "the trial's whole time was up",
    "trial.duration",
  ],
  [
    "a phase that was left out",
    { "read-only": null },
    "this phase of the trial did not take place",
    "Repeat the trial",
  ],
] satisfies readonly [string, TrialSketch, string, string][])(
  "%s is said, with what helps",
  (_, sketch, reason, settle) => {
    const trial = trialFacts(sketch);
    expect(unobserved(trial, phaseRun(trial, "read-only"))).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining(reason), fr: expect.stringMatching(/^non observé : /) },
      settle: { en: expect.stringContaining(settle) },
    });
  },
);

const DENIED = "open /run/app.pid: Permission denied\nInitialisation failed";

test.each(["read-only", "restart", "replica"] as const)(
  "one failed start is told alike of each phase: %s",
  (name) => {
    const trial = trialFacts({
      "read-only": exits(1, said("open /run/app.pid: Read-only file system\n")),
      writable: exits(3, said(DENIED)),
      replica: exits(4),
    });
    expect(unobserved(trial, phaseRun(trial, name))).toMatchObject({
      reason: {
        en: "not observed: the process ended by itself after 0.2 s, code 3: open /run/app.pid: Permission denied",
      },
      settle: {
        fr: expect.stringContaining("« Aucune écriture sur le root filesystem »"),
        en: 'Fix the denied write first: see the requirement "No write to the root file system".',
      },
    });
  },
);

test("who came up in one phase is told why in this one", () => {
  const trial = trialFacts({ "read-only": exits(1, said("Error: x\n")), writable: server() });
  expect(unobserved(trial, phaseRun(trial, "read-only")).reason.en).toMatch(/code 1: Error: x$/);
});

test("what a hostile container says is shortened and escaped", () => {
  const trial = trialFacts(only(...exits(1, said(`\u001b[31m${"x".repeat(500)}`))));
  const { reason } = unobserved(trial, phaseRun(trial, "read-only"));
  expect(reason.en).not.toContain("\u001b");
  expect(reason.en.length).toBeLessThan(250);
});

test("who was ended as a fork bomb before it was up is told so", () => {
  const trial = trialFacts(only({ kind: "limit", what: "processes" }, KILLED));
  expect(unobserved(trial, phaseRun(trial, "read-only"))).toMatchObject({
    status: "unproven",
    reason: { en: "not observed to the end: the most processes that are allowed were reached" },
    settle: { fr: expect.stringContaining("trial.env") },
  });
});
