// A signed, recent and complete static analysis of the commit that the image was built from passed (contract 2.1 and
// 2.3). A failing report beside a passing one is a note.

import { defineRule } from "../../contract/rule.ts";
import { attestedOutcome } from "./attested.ts";

const ID = "2.3-static-scan";

export const staticScan = defineRule({
  id: ID,
  rows: ["scans", "provenance"],
  title: {
    fr: "Une analyse statique signée et récente du commit construit est réussie",
    en: "A signed and recent static analysis of the built commit passed",
  },
  why: {
    fr: "Un rapport d'un autre commit, incomplet ou ancien ne dit rien du code de cette image.",
    en: "A report of another commit, an incomplete or an old one says nothing about this image's code.",
  },
  remedy: {
    fr: "Lancer l'analyse statique dans le pipeline qui construit l'image, puis attester son rapport : `douane attest IMAGE --scan RAPPORT`.",
    en: "Run the static analysis in the pipeline that builds the image, then attest its report: `douane attest IMAGE --scan REPORT`.",
  },
  needs: ["attestations"],
  check: ({ attestations }) => attestedOutcome(ID, "sast", attestations),
});
