import { defineCommand } from "../command-line/command.ts";
import { EXIT_CODES, PULL_FLAGS } from "./flags.ts";
import { runPull } from "./run-pull.ts";

export const pullCommand = defineCommand({
  description: {
    fr: "Vérifie une politique publiée (signature, nom, numéro, date) et l'écrit, pour les commandes qui lisent un fichier.",
    en: "Verifies a published policy (signature, name, serial, date) and writes it, for commands that read a file.",
  },
  operand: {
    name: { fr: "oci://RÉFÉRENCE", en: "oci://REFERENCE" },
    many: true,
    help: {
      fr: "où elle est publiée : oci://registre/dépôt:tag",
      en: "where it is published: oci://registry/repository:tag",
    },
  },
  flags: PULL_FLAGS,
  examples: [
    {
      line: {
        fr: "douane policy pull oci://registre.exemple.fr/plateforme/politique:prod --policy-key politique.pub --out douane.yaml",
        en: "douane policy pull oci://registry.example/platform/policy:prod --policy-key policy.pub --out douane.yaml",
      },
      says: {
        fr: "l'écrire dans douane.yaml",
        en: "write it to douane.yaml",
      },
    },
  ],
  epilogue: EXIT_CODES,
  run: runPull,
});
