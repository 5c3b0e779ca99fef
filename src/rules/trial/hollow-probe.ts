import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { differs, randomAnswers } from "../../observations/health-answers.ts";
import type { ProbeResult } from "../../observations/probe-results.ts";

/** Note for a probe that gets the same answer as any other path. */
export function hollow(
  rule: RuleId,
  trial: TrialFacts,
  { why, does, http }: ProbeResult,
): readonly Finding[] {
  const random = http === undefined ? [] : randomAnswers(trial, http);
  if (http === undefined || random.length === 0 || differs(http, random)) return [];
  return [
    {
      message: {
        fr: `${why}Probe ${excerpt(does)} reçoit la même réponse que n'importe quel chemin : elle ne dit rien de la santé de l'application`,
        en: `${why}Probe ${excerpt(does)} gets the same answer as any path: it says nothing of the application's health`,
      },
      remedy: {
        fr: "Répondre sur un chemin propre à la sonde, qui échoue quand l'application ne peut pas servir.",
        en: "Answer on a path of the probe's own, which fails when the application cannot serve.",
      },
      fingerprint: fingerprint(rule, "hollow", why, does),
    },
  ];
}
