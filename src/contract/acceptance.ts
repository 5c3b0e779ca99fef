import { type AcceptancePlace, covers } from "./acceptance-scope.ts";
import type { Evaluation } from "./evaluate.ts";
import type { Finding } from "./finding.ts";
import type { Acceptance } from "./verdict.ts";

/** Acceptances of a platform's policy, with the day on which they are applied. */
export interface Accepted {
  readonly acceptances: readonly Acceptance[];
  /** Day of judging, `YYYY-MM-DD`, UTC; part of the evidence. */
  readonly today: string;
}

/** A finding that the platform has accepted as false. */
export interface AcceptedFinding {
  readonly finding: Finding;
  readonly acceptance: Acceptance;
}

/**
 * Removes accepted findings from a fail. If all findings are accepted, the rule passes and names their
 * fingerprints. Acceptances that have expired, or whose scope does not match, are ignored.
 */
export function applyAcceptances(
  evaluation: Evaluation,
  { acceptances, today }: Accepted,
  placeOf: (finding: Finding) => AcceptancePlace,
): { readonly evaluation: Evaluation; readonly accepted: readonly AcceptedFinding[] } {
  const { rule, outcome } = evaluation;
  if (outcome.status !== "fail") return { evaluation, accepted: [] };
  const accepted: AcceptedFinding[] = [];
  const standing: Finding[] = [];
  for (const finding of outcome.findings) {
    const acceptance = acceptances.find(
      (entry) =>
        entry.fingerprint === finding.fingerprint &&
        entry.expires >= today &&
        covers(entry, placeOf(finding)),
    );
    if (acceptance === undefined) standing.push(finding);
    else accepted.push({ finding, acceptance });
  }
  const [first, ...rest] = standing;
  if (first !== undefined) {
    return { evaluation: { rule, outcome: { ...outcome, findings: [first, ...rest] } }, accepted };
  }
  const names = accepted.map(({ finding }) => finding.fingerprint).join(", ");
  const notes = outcome.notes === undefined ? {} : { notes: outcome.notes };
  return {
    evaluation: {
      rule,
      outcome: {
        status: "pass",
        proof: {
          fr: `constats reconnus faux par la politique de la plateforme : ${names}`,
          en: `findings accepted as false by the platform's policy: ${names}`,
        },
        ...notes,
      },
    },
    accepted,
  };
}
