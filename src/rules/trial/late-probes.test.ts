import { expect, test } from "vitest";
import { http, OTHER_CONTAINER, server, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { LateProbeEvent } from "../../contract/late-probe-event.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { trialHealth } from "./1.3-trial-health.ts";

const READY = http("/ready", "readiness", { status: 200 });
const late = (changes: Partial<LateProbeEvent> = {}): LateProbeEvent => ({
  kind: "late-probe",
  why: "readiness",
  does: "GET :8080/ready",
  ok: true,
  tries: 3,
  tookMs: 12,
  ...changes,
});
const FAILED = late({ ok: false, error: "500", tries: 21, tookMs: 10_400 });
const GOOD = late();

function check(readOnly: readonly TrialEvent[], writable = readOnly) {
  const run = server({ without: ["http"] });
  return trialHealth.check({
    trial: trialFacts({
      "read-only": [READY, ...run, ...readOnly],
      writable: [READY, ...run, ...writable],
    }),
  });
}

test("a probe that still succeeds after the requests is said to", () => {
  expect(check([GOOD])).toMatchObject({
    status: "pass",
    proof: {
      en: expect.stringContaining("probes that succeeded, also after the requests: readiness"),
      fr: expect.stringContaining("sondes abouties, aussi après les requêtes : readiness"),
    },
  });
  expect(check([])).toMatchObject({ proof: { en: expect.stringContaining("probes that succeeded: ") } });
});

test.each([
  ["readiness", /takes it out of the Service/],
  ["liveness", /restarts the container, again and again/],
] as const)("a %s probe that fails at the end of every phase is a fail", (why, remedy) => {
  expect(check([{ ...FAILED, why }])).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          en: `${why}Probe GET :8080/ready succeeds at first, then fails after the trial's requests, for 10.4 s (500)`,
        },
        remedy: { en: expect.stringMatching(remedy) },
      },
    ],
  });
});

test("it is one finding beside others", () => {
  const missing = http("/alive", "liveness", { status: 404 });
  expect(check([missing, FAILED, GOOD])).toMatchObject({ status: "fail", findings: [{}] });
  expect(check([missing, FAILED])).toMatchObject({ findings: [{}, {}] });
});

test.each<[string, readonly TrialEvent[], readonly TrialEvent[], RegExp]>([
  ["in one phase alone", [FAILED], [GOOD], /it still succeeds at the end of another phase$/],
  ["in the other phase alone", [GOOD], [FAILED], /it still succeeds at the end of another phase$/],
  [
    "by a limit of requests",
    [late({ ok: false, error: "429" })],
    [late({ ok: false, error: "429" })],
    /a limit of the number of requests may be the cause$/,
  ],
  [
    "by a command that does not end in time",
    [late({ does: "exec check", ok: false, error: "exit 124 timeout" })],
    [late({ does: "exec check", ok: false, error: "exit 124 timeout" })],
    /the command may end in time$/,
  ],
  ["while another container is missing", [FAILED, OTHER_CONTAINER], [FAILED, OTHER_CONTAINER], /\(500\); /],
  ["on a machine that is too busy", [FAILED, { kind: "limit", what: "processor" }], [FAILED], /busy/],
])("a probe that fails %s is a doubt", (_, readOnly, writable, reason) => {
  expect(check(readOnly, writable)).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringMatching(reason) },
  });
});

test("an answer of the application's own is not excused by a missing service", () => {
  const gone = late({ ok: false, error: "404" });
  expect(check([gone, OTHER_CONTAINER])).toMatchObject({ status: "fail" });
  const { error: _, ...silent } = gone;
  expect(check([silent])).toMatchObject({ findings: [{ message: { en: expect.stringContaining("(?)") } }] });
});

test("under a manifest that mounts the root read-only, that root decides", () => {
  const workload = workloadFacts({
    containers: [{ name: "web", securityContext: { readOnlyRootFilesystem: true } }],
  });
  const [placement] = placements(workload);
  if (placement === undefined) throw new Error("no container");
  const run = server({ without: ["http"] });
  const trial = trialFacts({
    "read-only": [READY, ...run, FAILED],
    writable: [READY, ...run, GOOD],
  });
  expect(trialHealth.check({ trial, workload, placement })).toMatchObject({ status: "fail" });
});
