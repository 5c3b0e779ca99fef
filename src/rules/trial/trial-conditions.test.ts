import { expect, test } from "vitest";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { exits, http, probe, server, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { trialConditions } from "./trial-conditions.ts";

test("time, phases in their order, and all stimuli are named", () => {
  const more = [
    http("/live", "liveness", { status: 503 }),
    http("/a", "warm-up", { error: "timeout" }),
    probe("check"),
    probe("9090", { does: "tcp" }),
  ];
  const { phases, ...facts } = trialFacts({ "read-only": server({ more }) });
  const trial = asMasked({ ...facts, phases: phases.toReversed() });
  expect(trialConditions(trial)).toEqual({
    fr: "en 4,2 s d'essai (phases : racine en lecture seule, redémarrage, racine inscriptible, seconde réplique ; sollicitations : GET :8080/… 404, GET :8080/ 200, GET :8080/healthz 200, GET :8080/live 503, GET :8080/a timeout, exec check ok, tcp 9090 ok, tcp 8080)",
    en: "in 4.2 s of trial (phases: read-only root, restart, writable root, second replica; stimuli: GET :8080/… 404, GET :8080/ 200, GET :8080/healthz 200, GET :8080/live 503, GET :8080/a timeout, exec check ok, tcp 9090 ok, tcp 8080)",
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
