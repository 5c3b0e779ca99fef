import { defineCommand } from "../command-line/command.ts";
import { DIFF_EXAMPLES } from "./examples.ts";
import { DIFF_FLAGS } from "./flags.ts";
import { runDiff } from "./run-diff.ts";

export const diffCommand = defineCommand({
  description: {
    fr: "Compare deux images, deux SBOM, ou une image et un SBOM : paquets ajoutés, retirés et changés, et, quand des données sont sur la machine, vulnérabilités apparues et disparues.",
    en: "Compares two images, two SBOMs, or an image and an SBOM: packages added, removed and changed, and, where data are on the machine, vulnerabilities gained and lost.",
  },
  operand: {
    name: { fr: "A B", en: "A B" },
    many: true,
    help: {
      fr: "l'ancien, puis le nouveau : des images, ou des fichiers qui sont des SBOM",
      en: "the old image or SBOM file, then the new one",
    },
  },
  flags: DIFF_FLAGS,
  examples: DIFF_EXAMPLES,
  epilogue: {
    fr: `Codes de retour :
  0   comparé, quoi qu'il en sorte
  2   quelque chose n'a pas pu être lu (stderr le nomme)
  64  ligne de commande incorrecte
  65  l'image n'est pas lisible comme ce qu'elle prétend être
  69  l'image n'était pas joignable
  70  défaut de douane`,
    en: `Exit codes:
  0   compared, whatever came of it
  2   something could not be read (stderr names it)
  64  the command line is wrong
  65  the image is not readable as what it claims to be
  69  the image could not be reached
  70  a defect of douane`,
  },
  run: runDiff,
});
