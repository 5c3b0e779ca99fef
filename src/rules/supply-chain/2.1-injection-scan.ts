// A signed static analysis searched for injections and found none (contract 2.1). A report without a list of rules does
// not show that the tool searched: unproven, unless the policy names the tool.

import { defineRule } from "../../contract/rule.ts";
import { attestedOutcome } from "./attested.ts";

const ID = "2.1-injection-scan";

export const injectionScan = defineRule({
  id: ID,
  rows: ["provenance"],
  title: {
    fr: "Une analyse signée a cherché des injections et n'en a pas trouvé",
    en: "A signed analysis looked for injections and found none",
  },
  why: {
    fr: "Le contrat demande les résultats de la détection d'injections dans la provenance.",
    en: "The contract asks for the results of the detection of injections with the provenance.",
  },
  remedy: {
    fr: "Lancer une analyse statique dont les règles cherchent les injections, corriger ce qu'elle trouve, puis attester son rapport : `douane attest IMAGE --scan RAPPORT`.",
    en: "Run a static analysis whose rules look for injections, correct what it finds, then attest its report: `douane attest IMAGE --scan REPORT`.",
  },
  needs: ["attestations"],
  check: ({ attestations }) => attestedOutcome(ID, "injections", attestations),
});
