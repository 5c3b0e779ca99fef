import { defineCommand } from "../command-line/command.ts";
import { NEW_VEX_FLAGS } from "./flags.ts";
import { runNewVex } from "./run-vex-new.ts";

export const newVexCommand = defineCommand({
  description: {
    fr: "Écrit une déclaration VEX (OpenVEX) sur la sortie standard. STATUT est not_affected, affected, fixed ou under_investigation ; PRODUIT et COMPOSANT sont des package URL.",
    en: "Writes a VEX statement (OpenVEX) to the standard output. STATUS is not_affected, affected, fixed or under_investigation; PRODUCT and PART are package URLs.",
  },
  operand: {
    name: { fr: "ID STATUT PRODUIT [COMPOSANT…]", en: "ID STATUS PRODUCT [PART…]" },
    many: true,
    help: {
      fr: "la vulnérabilité, ce qu'il en est, et de quoi",
      en: "the vulnerability, its status, and the affected package",
    },
  },
  flags: NEW_VEX_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns vex new CVE-2026-1111 fixed pkg:npm/lodash@1.2.3 --author equipe",
        en: "douane vulns vex new CVE-2026-1111 fixed pkg:npm/lodash@1.2.3 --author team",
      },
      says: { fr: "déclarer que cette version est corrigée", en: "state that this version is fixed" },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait
  64  ligne de commande incorrecte
  70  défaut de douane`,
    en: `Exit codes:
  0   done
  64  the command line is wrong
  70  a defect of douane`,
  },
  run: runNewVex,
});
