import { describe, expect, test } from "vitest";
import {
  asked,
  hook,
  http,
  listener,
  probe,
  server,
  type TrialSketch,
  trialFacts,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ContainerFacts, ProbeFacts } from "../../contract/pod-facts.ts";
import type { ReadyEvent, TrialEvent } from "../../contract/trial-events.ts";
import { trialHealth } from "./1.3-trial-health.ts";

const HEALTH: ProbeFacts = { httpGet: { path: "/healthz", port: 8080 } };
const HASTY: ProbeFacts = { ...HEALTH, periodSeconds: 1, failureThreshold: 1 };
const BUSY: TrialEvent = { kind: "limit", what: "processor" };
const ANSWERED = http("/healthz", "readiness", { status: 200 });

/** Time of the trial when the application is ready. */
const READY_MS = 100_000;

/** A server that is ready after so many seconds, its port open half a second after its start, or then. */
function run(
  seconds: number,
  by: ReadyEvent["by"] = "probe",
  more: readonly TrialEvent[] = [],
  opens: "early" | "then" = "then",
): readonly TrialEvent[] {
  const ready = { kind: "ready", by, afterMs: seconds * 1_000, ms: READY_MS } as const;
  const openMs = opens === "then" ? READY_MS : READY_MS - ready.afterMs + 500;
  const open = { ...listener(8080), ms: openMs };
  return [open, ready, ...more, ANSWERED, ...server({ without: ["ready", "listener", "http"] })];
}

function everywhere(events: readonly TrialEvent[]): TrialSketch {
  return { "read-only": events, restart: events, writable: events, replica: events };
}

function check(sketch: TrialSketch, container: Partial<ContainerFacts>) {
  const [placement] = placements(
    workloadFacts({ containers: [{ name: "web", readinessProbe: HEALTH, ...container }] }),
  );
  return trialHealth.check({
    trial: trialFacts(sketch),
    ...(placement === undefined ? {} : { placement }),
  });
}

test("a livenessProbe that restarts the container before it answers fails, with a startupProbe to add", () => {
  expect(check(everywhere(run(6.1)), { livenessProbe: HASTY })).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          fr: "livenessProbe : pendant l'essai, l'application a répondu 6,1 s après son démarrage, et la sonde la relance entre 1 s et 3 s : elle peut ne jamais servir",
          en: "livenessProbe: during the trial, the application answered 6.1 s after its start, and the probe restarts it between 1 s and 3 s: it may never serve",
        },
        remedy: {
          en: "Add a startupProbe with the same request (periodSeconds: 5, failureThreshold: 6): the livenessProbe waits until it has succeeded.",
        },
      },
    ],
  });
  expect(check(everywhere(run(20)), { startupProbe: HASTY })).toMatchObject({
    findings: [
      {
        message: { en: expect.stringMatching(/^startupProbe: .* 20 s .* between 1 s and 3 s/) },
        remedy: { en: "Raise startupProbe.failureThreshold to 60." },
      },
    ],
  });
});

const STARTUP: ProbeFacts = { ...HEALTH, periodSeconds: 5, failureThreshold: 6 };
const LIVE: ProbeFacts = { httpGet: { path: "/live", port: 8080 } };

describe("a start of some seconds under some probe", () => {
  test.each<[string, number, Partial<ContainerFacts>, string]>([
    ["no livenessProbe", 90, {}, "pass"],
    ["the default", 6, { livenessProbe: HEALTH }, "pass"],
    ["the default, slow", 20, { livenessProbe: HEALTH }, "pass"],
    ["the default, by chance", 25, { livenessProbe: HEALTH }, "unproven"],
    ["the default, beyond it, as another machine may be faster", 40, { livenessProbe: HEALTH }, "unproven"],
    ["the default, far beyond it", 60, { livenessProbe: HEALTH }, "fail"],
    ["a delay", 60, { livenessProbe: { ...HEALTH, initialDelaySeconds: 60 } }, "pass"],
    ["a startupProbe before it", 25, { livenessProbe: HASTY, startupProbe: STARTUP }, "pass"],
    ["a startupProbe that is short", 60, { livenessProbe: HEALTH, startupProbe: STARTUP }, "fail"],
    ["a startupProbe with the default period", 60, { startupProbe: HEALTH }, "fail"],
    ["one failure, at once", 0.9, { livenessProbe: HASTY }, "pass"],
    ["a readinessProbe, which restarts nothing", 60, { readinessProbe: HASTY }, "pass"],
  ])("%s: %i s → %s", (_, seconds, container, status) => {
    const outcome = check(everywhere(run(seconds)), container);
    expect(outcome.status).toBe(status);
    expect("doubtful" in outcome).toBe(status === "unproven");
  });
});

describe("what the trial saw of it", () => {
  test.each<[string, TrialSketch, Partial<ContainerFacts>, string]>([
    [
      "its port opened as late, no probe being known",
      everywhere(run(6, "port")),
      { livenessProbe: HASTY },
      "fail",
    ],
    ["a busy machine", everywhere(run(6, "probe", [BUSY])), { livenessProbe: HASTY }, "unproven"],
    [
      "a missing dependency",
      everywhere(run(6, "probe", [asked("db")])),
      { livenessProbe: HASTY },
      "unproven",
    ],
    [
      "one quick start of a new pod",
      { ...everywhere(run(6)), replica: run(0.5) },
      { livenessProbe: HASTY },
      "pass",
    ],
    [
      "a quick restart, after slow starts",
      { ...everywhere(run(6)), restart: run(0.5) },
      { livenessProbe: HASTY },
      "unproven",
    ],
    [
      "slow restarts, after quick starts",
      { ...everywhere(run(0.5)), restart: run(6) },
      { livenessProbe: HASTY },
      "pass",
    ],
    [
      "readiness on another path is later than liveness",
      everywhere(run(25, "probe", [], "early")),
      { livenessProbe: LIVE },
      "pass",
    ],
    [
      "readiness on another path is later than liveness may be",
      everywhere(run(60, "probe", [], "early")),
      { livenessProbe: LIVE },
      "unproven",
    ],
    [
      "a connection is accepted as soon as the port is open",
      everywhere(run(60, "probe", [], "early")),
      { livenessProbe: { tcpSocket: { port: 8080 } } },
      "pass",
    ],
    [
      "readiness never came, which may wait for something",
      everywhere(run(30, "nothing", [], "early")),
      { livenessProbe: HEALTH },
      "pass",
    ],
    ["its port never opened", everywhere(run(60)), { livenessProbe: { httpGet: { port: 9 } } }, "pass"],
    [
      "a command, of which no time is known, in time whenever it succeeded",
      everywhere(run(25)),
      { livenessProbe: { exec: { command: ["/check"] } } },
      "pass",
    ],
    [
      "a command, which may have failed until then",
      everywhere(run(60)),
      { livenessProbe: { exec: { command: ["/check"] } } },
      "unproven",
    ],
    [
      "a command, while no probe was awaited",
      everywhere(run(60, "port")),
      { livenessProbe: { exec: { command: ["/check"] } } },
      "pass",
    ],
    [
      "a hook that the kubelet waits for",
      everywhere(run(6, "probe", [hook("postStart", { tookMs: 5_500 }), hook("preStop")])),
      { livenessProbe: { ...HEALTH, periodSeconds: 1, failureThreshold: 2 } },
      "pass",
    ],
    [
      "a hook that ends before",
      everywhere(run(20, "probe", [hook("postStart", { tookMs: 500 })])),
      { livenessProbe: HASTY },
      "fail",
    ],
  ])("%s", (_, sketch, container, status) => {
    expect(check(sketch, container).status).toBe(status);
  });

  test("without a readinessProbe, the trial waits for the livenessProbe's command", () => {
    const livenessProbe = { exec: { command: ["/check"] } };
    const [placement] = placements(workloadFacts({ containers: [{ name: "web", livenessProbe }] }));
    const trial = trialFacts(everywhere(run(60)));
    expect(trialHealth.check({ trial, ...(placement === undefined ? {} : { placement }) }).status).toBe(
      "fail",
    );
  });

  test("a port on loopback answers no probe", () => {
    const events = [
      listener(8080, "127.0.0.1"),
      { kind: "ready", by: "port", afterMs: 60_000 } as const,
      listener(8080),
      ANSWERED,
      probe("x"),
    ];
    expect(check(everywhere(events), { livenessProbe: HEALTH }).status).toBe("fail");
  });

  test("runs that did not take place show nothing", () => {
    const sketch = { "read-only": null, restart: run(60), writable: null, replica: null };
    expect(check(sketch, { livenessProbe: HASTY }).status).toBe("unproven");
    expect(check(sketch, { livenessProbe: HASTY })).not.toHaveProperty("doubtful");
  });
});
