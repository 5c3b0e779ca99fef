import type { AttestationCheck } from "../../contract/attestation-facts.ts";
import type {
  InjectionScanRequirement,
  ScanRequirement,
  StatementRequirements,
  StaticScanRequirement,
} from "../../contract/attestation-policy.ts";
import type { Text } from "../../contract/text.ts";
import type { ScanSearch } from "./check-scan.ts";
import { type Ignored, ignored } from "./ignored.ts";
import type { StatedScan } from "./scan.ts";

/** Requirement for a kind of scan that the policy does not list: no signer is accepted. */
const NOBODY: ScanRequirement = { signers: [] };

/**
 * Searches for the scans that the contract and the policy require. A secret scan that the policy does not
 * list is not required.
 */
export function scanSearches(
  requirements: StatementRequirements,
): readonly (ScanSearch | AttestationCheck)[] {
  const { dast = NOBODY, secrets } = requirements;
  const sast: StaticScanRequirement = requirements.sast ?? NOBODY;
  const injections: InjectionScanRequirement = requirements.injections ?? sast;
  const { tools = [] } = injections;
  return [
    {
      id: "sast",
      name: NAMES.sast,
      requirement: sast,
      kinds: sast.secretScans === true ? ["sast", "secrets"] : ["sast"],
    },
    {
      id: "injections",
      name: NAMES.injections,
      requirement: injections,
      kinds: ["sast"],
      demand: (scan) => injectionProblem(scan, tools),
    },
    { id: "dast", name: NAMES.dast, requirement: dast, kinds: ["dast"] },
    secrets === undefined
      ? { id: "secrets", answer: "n/a", text: NOT_ASKED, ignored: [] }
      : { id: "secrets", name: NAMES.secrets, requirement: secrets, kinds: ["secrets"] },
  ];
}

/** Reason why a passing static analysis shows nothing about injections. */
function injectionProblem(
  { injections, injectionRules, tool }: StatedScan,
  tools: readonly string[],
): (Ignored & { readonly unproven?: true }) | undefined {
  if (injections === undefined) return { ...NOT_COUNTED, unproven: true };
  if (injections > 0) return FOUND;
  if (injectionRules !== undefined) return injectionRules > 0 ? undefined : NO_RULES;
  const isKnown = tools.some((one) => one.toLowerCase() === tool.toLowerCase());
  return isKnown ? undefined : { ...NOT_LISTED, unproven: true };
}

const NAMES = {
  sast: { fr: "analyse statique", en: "static analysis" },
  injections: { fr: "détection d'injections", en: "detection of injections" },
  dast: { fr: "analyse dynamique", en: "dynamic analysis" },
  secrets: { fr: "recherche de secrets", en: "search for secrets" },
} as const satisfies Record<string, Text>;

const NOT_ASKED: Text = {
  fr: "la politique ne demande pas de recherche de secrets",
  en: "the policy asks for no search for secrets",
};
const FOUND = ignored("injections-found", {
  fr: "l'analyse a trouvé des injections",
  en: "the scan found injections",
});
const NO_RULES = ignored("no-injection-rules", {
  fr: "aucune règle de l'analyse ne cherche d'injections",
  en: "no rule of the scan looks for injections",
});
const NOT_COUNTED = ignored("injections-not-counted", {
  fr: "la déclaration ne compte pas les injections",
  en: "the statement does not count injections",
});
const NOT_LISTED = ignored("injection-rules-not-listed", {
  fr: "le rapport ne liste pas ses règles : nommer l'outil dans attestations.statements.injections.tools s'il cherche les injections, ou joindre un rapport SARIF",
  en: "the report does not list its rules: name the tool in attestations.statements.injections.tools if it looks for injections, or attach a SARIF report",
});
