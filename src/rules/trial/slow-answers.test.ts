import { expect, test } from "vitest";
import { asked, http, server, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ProbeFacts } from "../../contract/pod-facts.ts";
import type { HttpEvent, TrialEvent } from "../../contract/trial-events.ts";
import type { Reservation } from "../../contract/trial-facts.ts";
import { trialHealth } from "./1.3-trial-health.ts";

const READY: ProbeFacts = { httpGet: { path: "/ready", port: 8080 } };
const BUSY: TrialEvent = { kind: "limit", what: "processor" };
const AGAIN: TrialEvent = { kind: "repeated", port: 8080, path: "/ready", same: true };
const ELSEWHERE: TrialEvent = { kind: "repeated", port: 8080, path: "/", same: true };

/** An answer of the probe's path, with its time in milliseconds. */
function took(tookMs: number, why: HttpEvent["why"] = "readiness", changes: Partial<HttpEvent> = {}) {
  return http("/ready", why, { status: 200, tookMs, ...changes });
}
const SILENT = http("/ready", "readiness", { error: "timeout", tookMs: 1_000 });

function check(
  events: readonly TrialEvent[],
  readinessProbe: ProbeFacts | undefined = READY,
  reservations: readonly Reservation[] = [],
) {
  const run = server({ more: events, without: ["http"] });
  const [placement] = placements(
    workloadFacts({
      containers: [{ name: "web", ...(readinessProbe === undefined ? {} : { readinessProbe }) }],
    }),
  );
  const trial = trialFacts({ "read-only": run, writable: run });
  return trialHealth.check({
    trial: Object.assign(trial, { reservations }),
    ...(placement === undefined ? {} : { placement }),
  });
}

test("a path that never answers within timeoutSeconds fails, with the time that would do", () => {
  expect(check([SILENT, took(3_025), ELSEWHERE])).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          fr: "readinessProbe GET :8080/ready : pendant l'essai, chaque réponse a pris au moins 3 s, et timeoutSeconds vaut 1 : la sonde échoue",
          en: "readinessProbe GET :8080/ready: during the trial, every answer took at least 3 s, and timeoutSeconds is 1: the probe fails",
        },
        remedy: {
          en: "Answer this path without costly work or calls, or raise readinessProbe.timeoutSeconds to 7.",
        },
      },
    ],
  });
});

test.each<[string, readonly TrialEvent[], ProbeFacts | undefined, string]>([
  ["slower than a higher timeoutSeconds", [took(7_000)], { ...READY, timeoutSeconds: 4 }, "fail"],
  ["settings' probe, which the manifest lacks", [took(3_000)], undefined, "fail"],
  ["little slower: another machine may do", [took(1_400)], READY, "unproven"],
  ["exactly as slow as is allowed", [took(1_000)], READY, "pass"],
  ["quick enough for timeoutSeconds", [took(3_000)], { ...READY, timeoutSeconds: 5 }, "pass"],
  ["0 is the default", [took(3_000)], { ...READY, timeoutSeconds: 0 }, "fail"],
  ["slow at first, when it warmed up", [SILENT, took(40)], READY, "pass"],
  ["slow at first, quick when repeated", [took(3_000), AGAIN], READY, "pass"],
  ["slow for one probe, quick for another", [took(3_000), took(20, "liveness")], READY, "pass"],
  ["a machine that is busy", [took(3_000), BUSY], READY, "unproven"],
  ["a dependency that is missing", [took(3_000), asked("db")], READY, "unproven"],
])("%s: → %s", (_, events, probe, status) => {
  const outcome = check(events, probe);
  expect(outcome.status).toBe(status);
  expect("doubtful" in outcome).toBe(status === "unproven");
});

test("an answer that fails anyway is said once, beside those that are slow", () => {
  const live = http("/live", "liveness", { status: 404 });
  const outcome = check([took(3_000), live]);
  expect(outcome).toMatchObject({
    findings: [
      { message: { en: "livenessProbe GET :8080/live fails: 404" } },
      { message: { en: expect.stringContaining("took at least 3 s") } },
    ],
  });
});

test("a trial that knew of no probe leaves the row open where the path was slow, and keeps its proposals", () => {
  const slow = check([took(2_500, "home")]);
  expect(slow).toMatchObject({ status: "unproven", doubtful: true, notes: [] });
  expect(check([took(20, "home")])).not.toHaveProperty("doubtful");
  expect(check([took(2_500, "home")], { httpGet: { path: "/other", port: 8080 } })).not.toHaveProperty(
    "doubtful",
  );
  expect(check([took(2_500, "home", { host: "loopback" })])).not.toHaveProperty("doubtful");
});

test("inputs that are not the manifest's refute nothing, and leave the row open", () => {
  expect(check([took(3_000)], READY, [{ fr: "autre env", en: "another env" }])).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringMatching(/took at least 3 s.*; another env$/) },
  });
});
