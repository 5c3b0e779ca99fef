import { defineCommand } from "../command-line/command.ts";
import { INIT_FLAGS } from "./flags.ts";
import { runInit } from "./run-init.ts";

export const initCommand = defineCommand({
  description: {
    fr: "Regarde un dépôt (Dockerfiles, manifestes, charts, pipeline) et écrit ce qui lui manque pour commencer : un douane.yaml commenté, les lignes du pipeline et, sans manifeste, un Deployment de départ conforme au contrat, avec ce qu'un essai a vu. N'écrase aucun fichier.",
    en: "Looks at a repository (Dockerfiles, manifests, charts, pipeline) and writes what it lacks to begin with: a commented douane.yaml, the pipeline's lines and, where there is no manifest, a starting Deployment that meets the contract, with what a trial saw. Overwrites no file.",
  },
  operand: {
    name: { fr: "RÉPERTOIRE", en: "FOLDER" },
    many: true,
    help: {
      fr: "le dépôt ; par défaut, le répertoire courant",
      en: "the repository; default: the current folder",
    },
  },
  flags: INIT_FLAGS,
  examples: [
    {
      line: { fr: "douane init --dry-run", en: "douane init --dry-run" },
      says: { fr: "voir ce qui serait écrit", en: "see what would be written" },
    },
    {
      line: {
        fr: "douane trial portail:dev --output essai.json && douane init --evidence essai.json",
        en: "douane trial portal:dev --output trial.json && douane init --evidence trial.json",
      },
      says: {
        fr: "un Deployment avec les sondes, les ports et les emptyDir qu'un essai a montrés",
        en: "a Deployment with the probes, ports and emptyDirs that a trial showed",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   tout ce qui manquait est écrit, ou affiché
  64  ligne de commande incorrecte
  65  des preuves ne sont pas lisibles
  69  un fichier n'a pas pu être écrit
  70  défaut de douane`,
    en: `Exit codes:
  0   whatever was missing is written, or printed
  64  the command line is wrong
  65  evidence is not readable
  69  a file could not be written
  70  a defect of douane`,
  },
  run: runInit,
});
