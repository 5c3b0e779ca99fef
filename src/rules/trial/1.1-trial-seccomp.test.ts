import { expect, test } from "vitest";
import { exits, said, type TrialSketch, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { trialSeccomp } from "./1.1-trial-seccomp.ts";

const everywhere = (...events: readonly TrialEvent[]): TrialSketch => ({
  "read-only": events,
  writable: events,
  restart: null,
  replica: events,
});
const sigsys: TrialEvent = { kind: "exit", by: "itself", afterMs: 20, signal: "SIGSYS" };

test.each([
  ["killed by SIGSYS", everywhere(sigsys), "fail"],
  ["killed by SIGSYS behind a shell", everywhere(...exits(159)), "fail"],
  ["Go's runtime says it", everywhere(...exits(2, said("SIGSYS: bad system call\nPC=0x1\n"))), "fail"],
  ["killed in one phase", { restart: [sigsys] }, "fail"],
  ["said, and ended well", everywhere(...exits(0, said("bad system call ignored\n"))), "unproven"],
  ["any other early end", everywhere(...exits(1, said("Operation not permitted\n"))), "unproven"],
  ["a conforming server", {}, "pass"],
] satisfies readonly [string, TrialSketch, string][])("%s: %s → %s", (_, sketch, status) => {
  expect(trialSeccomp.check({ trial: trialFacts(sketch) }).status).toBe(status);
});

test("the finding quotes what was said, the proof names time, phases and stimuli", () => {
  const killed = trialSeccomp.check({ trial: trialFacts(everywhere(sigsys, said("\nBad system call\n"))) });
  expect(killed).toMatchObject({
    findings: [{ message: { en: expect.stringContaining("(Bad system call)") } }],
  });
  const passed = trialSeccomp.check({ trial: trialFacts() });
  expect(passed).toMatchObject({
    proof: {
      en: "the application works under the profile RuntimeDefault, in 4.2 s of trial (phases: read-only root, restart, writable root, second replica; stimuli: GET :8080/… 404, GET :8080/ 200, GET :8080/healthz 200, tcp 8080)",
      fr: expect.stringContaining("en 4,2 s d'essai (phases : racine en lecture seule, redémarrage"),
    },
  });
});
