import { expect, test } from "vitest";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { exits, http, probe, server, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { trialConditions } from "./trial-conditions.ts";

test("time, phases in their order, and the first stimuli are named", () => {
  const more = [
    http("/live", "liveness"),
    http("/a", "warm-up"),
    probe("check"),
    probe("9090", { does: "tcp" }),
  ];
  const { phases, ...facts } = trialFacts({ "read-only": server({ more }) });
  const trial = asMasked({ ...facts, phases: phases.toReversed() });
  expect(trialConditions(trial)).toEqual({
    fr: "en 4,2 s d'essai (phases : racine en lecture seule, redémarrage, racine inscriptible, seconde réplique ; sollicitations : GET :8080/healthz, GET :8080/live, GET :8080/a, exec check…)",
    en: "in 4.2 s of trial (phases: read-only root, restart, writable root, second replica; stimuli: GET :8080/healthz, GET :8080/live, GET :8080/a, exec check…)",
  });
});

test("a trial without any stimulus says so", () => {
  const trial = trialFacts({
    "read-only": exits(0),
    restart: null,
    writable: null,
    replica: null,
    facts: { durationMs: 42 },
  });
  expect(trialConditions(trial)).toEqual({
    fr: "en 42 ms d'essai (phases : racine en lecture seule ; sollicitations : aucune)",
    en: "in 42 ms of trial (phases: read-only root; stimuli: none)",
  });
});
