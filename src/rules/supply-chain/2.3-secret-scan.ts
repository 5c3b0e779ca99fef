// A signed search for secrets passed, if the policy lists such searches (`attestations.statements.secrets`); else n/a.

import { defineRule } from "../../contract/rule.ts";
import { attestedOutcome } from "./attested.ts";

const ID = "2.3-secret-scan";

export const secretScan = defineRule({
  id: ID,
  rows: ["scans"],
  title: {
    fr: "Une recherche de secrets signée et récente est réussie, si la politique la demande",
    en: "A signed and recent search for secrets passed, where the policy asks for it",
  },
  why: {
    fr: "Un secret dans les sources reste lisible dans leur historique, même s'il n'est pas dans l'image.",
    en: "A secret in the sources stays readable in their history, even if it is not in the image.",
  },
  remedy: {
    fr: "Lancer la recherche de secrets (gitleaks, Talisman…) dans le pipeline, puis attester son rapport : `douane attest IMAGE --scan RAPPORT`.",
    en: "Run the search for secrets (gitleaks, Talisman…) in the pipeline, then attest its report: `douane attest IMAGE --scan REPORT`.",
  },
  needs: ["attestations"],
  check: ({ attestations }) => attestedOutcome(ID, "secrets", attestations),
});
