import type { AnyRule, Outcome } from "../../contract/rule.ts";
import { excerpts } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { JudgedTrial, Reservation } from "../../contract/trial-facts.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/**
 * The rule, with a pass turned into unproven if the trial relied on inputs that image and manifest do not
 * provide. Refusals remain, since otherwise a setting could hide a finding.
 */
export function asDeployed(rule: AnyRule): AnyRule {
  if (!rule.needs.includes("trial")) return rule;
  return {
    ...rule,
    check(evidence) {
      const outcome = rule.check(evidence);
      // The evaluator passes all evidence that the rule declares.
      const { trial } = evidence as { readonly trial: JudgedTrial };
      const { reservations = [] } = trial;
      if (outcome.status === "unproven") return withWithheld(outcome, trial);
      return outcome.status === "fail" || reservations.length === 0
        ? outcome
        : reserved(outcome, reservations);
    },
  };
}

function reserved({ notes }: Outcome, reservations: readonly Reservation[]): Unproven {
  return {
    status: "unproven",
    reason: {
      fr: `non observé tel que déployé : ${reservations.map(({ fr }) => fr).join(" ; ")}`,
      en: `not observed as it is deployed: ${reservations.map(({ en }) => en).join("; ")}`,
    },
    settle: settling(reservations),
    ...(notes === undefined ? {} : { notes }),
  };
}

function settling(reservations: readonly Reservation[]): Text {
  const own = reservations.flatMap(({ settle }) => settle ?? []);
  const others = own.length < reservations.length ? [DECLARE] : [];
  const all = [...own, ...others];
  return { fr: all.map(({ fr }) => fr).join(" "), en: all.map(({ en }) => en).join(" ") };
}

const DECLARE: Text = {
  fr: "Déclarer cela dans le manifeste, chaque objet une seule fois, et refaire l'essai : douane trial -f MANIFESTES IMAGE.",
  en: "Declare it in the manifest, each object once, and try again: douane trial -f MANIFESTS IMAGE.",
};

/** Maximum number of names in a message. */
const SHOWN = 5;

/** The outcome with a hint at withheld settings, since the application may need them. */
function withWithheld(outcome: Unproven, { inputs }: JudgedTrial): Unproven {
  const { withheld = [] } = inputs ?? {};
  if (withheld.length === 0) return outcome;
  const names = excerpts(withheld, SHOWN);
  const { settle } = outcome;
  const before = (text: string | undefined): string => (text === undefined ? "" : `${text} `);
  return {
    ...outcome,
    settle: {
      fr: `${before(settle?.fr)}Non donné, puisque le manifeste ne le déclare pas ou le dit lui-même : ${names}. Le déclarer dans le manifeste.`,
      en: `${before(settle?.en)}Not given, since the manifest does not declare it or says it itself: ${names}. Declare it in the manifest.`,
    },
  };
}
