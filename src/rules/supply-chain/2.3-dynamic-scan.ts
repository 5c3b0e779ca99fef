// A signed, recent and complete dynamic analysis of the image passed (contract 2.3). The statement's subject binds it
// to the digest.

import { defineRule } from "../../contract/rule.ts";
import { attestedOutcome } from "./attested.ts";

const ID = "2.3-dynamic-scan";

export const dynamicScan = defineRule({
  id: ID,
  rows: ["scans"],
  title: {
    fr: "Une analyse dynamique signée et récente de l'image est réussie",
    en: "A signed and recent dynamic analysis of the image passed",
  },
  why: {
    fr: "Certaines failles ne se voient que dans l'application qui tourne.",
    en: "Some flaws only show in the running application.",
  },
  remedy: {
    fr: "Analyser l'application déployée depuis cette image (ZAP, Nuclei…), puis attester le rapport : `douane attest IMAGE --scan RAPPORT`.",
    en: "Scan the application deployed from this image (ZAP, Nuclei…), then attest the report: `douane attest IMAGE --scan REPORT`.",
  },
  needs: ["attestations"],
  check: ({ attestations }) => attestedOutcome(ID, "dast", attestations),
});
