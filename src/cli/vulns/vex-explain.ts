import { defineCommand } from "../command-line/command.ts";
import { EXPLAIN_VEX_FLAGS } from "./flags.ts";
import { runExplainVex } from "./run-vex-explain.ts";

export const explainVexCommand = defineCommand({
  description: {
    fr: "Dit de chaque déclaration VEX à quels constats d'une image ou d'un SBOM elle s'applique, ou pourquoi à aucun.",
    en: "Says of each VEX statement to which findings of an image or SBOM it applies, or why to none.",
  },
  operand: {
    name: { fr: "FICHIER… IMAGE|SBOM", en: "FILE… IMAGE|SBOM" },
    many: true,
    help: {
      fr: "documents VEX (OpenVEX, CSAF, CycloneDX), puis l'image ou le SBOM",
      en: "VEX documents (OpenVEX, CSAF, CycloneDX), then the image or SBOM",
    },
  },
  flags: EXPLAIN_VEX_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns vex explain portail.vex.json portail.tar",
        en: "douane vulns vex explain portal.vex.json portal.tar",
      },
      says: { fr: "pourquoi une déclaration reste sans effet", en: "why a statement has no effect" },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait
  64  ligne de commande incorrecte
  65  un fichier n'est pas lisible comme ce qu'il prétend être
  69  l'image n'était pas joignable
  70  défaut de douane`,
    en: `Exit codes:
  0   done
  64  the command line is wrong
  65  a file is not readable as what it claims to be
  69  the image could not be reached
  70  a defect of douane`,
  },
  run: runExplainVex,
});
