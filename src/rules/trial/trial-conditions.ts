import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { TRIAL_PHASES, type TrialFacts, type TrialPhaseName } from "../../contract/trial-facts.ts";
import { observed } from "../../observations/observed.ts";
import { requestsOf, requestWords } from "../../observations/requests.ts";
import { seconds } from "../../observations/seconds.ts";
import { inputOrigins } from "./input-origins.ts";

const PHASES: Readonly<Record<TrialPhaseName, Text>> = {
  "read-only": { fr: "racine en lecture seule", en: "read-only root" },
  restart: { fr: "redémarrage", en: "restart" },
  "after-stop": { fr: "redémarrage après l'arrêt", en: "restart after the stop" },
  writable: { fr: "racine inscriptible", en: "writable root" },
  kept: { fr: "à nouveau, sur les fichiers laissés", en: "again, on the files that it left" },
  tried: { fr: "montages proposés", en: "proposed mounts" },
  "tried-again": { fr: "redémarrage sur ceux-ci", en: "restart on these" },
  replica: { fr: "seconde réplique", en: "second replica" },
};
/** Phases in further pods, and in pods with more than the manifest provides. */
export const APART: ReadonlySet<TrialPhaseName> = new Set(["tried", "tried-again", "replica"]);
/** Maximum number of ports in a sentence. */
const SHOWN = 20;

/** Name of a phase in sentences. */
export function phaseWords(name: TrialPhaseName): Text {
  return PHASES[name];
}

/** Conditions of a proof, for the end of its sentence: time, phases, requests. */
export function trialConditions(trial: TrialFacts): Text {
  const names = TRIAL_PHASES.filter((name) => trial.phases.some((phase) => phase.name === name));
  const asked = stimuli(trial);
  const time = seconds(trial.durationMs);
  const beside = (trial.dependencies ?? []).map(({ name, image }) => `${excerpt(name)} (${excerpt(image)})`);
  const list = beside.join(", ");
  const others =
    beside.length === 0 ? { fr: "", en: "" } : { fr: ` ; à côté : ${list}`, en: `; beside it: ${list}` };
  const origins = inputOrigins(trial);
  const [fr, en] = (["fr", "en"] as const).map((lang) => names.map((name) => PHASES[name][lang]).join(", "));
  return {
    fr: `en ${time.fr} d'essai (phases : ${fr} ; sollicitations : ${asked ?? "aucune"}${others.fr}${origins.fr})`,
    en: `in ${time.en} of trial (phases: ${en}; stimuli: ${asked ?? "none"}${others.en}${origins.en})`,
  };
}

/**
 * Requests to the first pod, each with its best answer. Requests to another pod are omitted, since two
 * concurrent pods have no common order.
 */
function stimuli(trial: TrialFacts): string | undefined {
  const observations = trial.observations.filter(({ phase }) => !APART.has(phase));
  const requests = requestWords(requestsOf({ observations }));
  const ports = [...new Set(observed(observations, "port").map(({ port }) => `tcp ${port}`))];
  const all = [...(requests === undefined ? [] : [requests]), ...ports.slice(0, SHOWN)];
  return all.length === 0 ? undefined : all.join(", ");
}
