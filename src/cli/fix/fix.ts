import { defineCommand } from "../command-line/command.ts";
import { FIX_FLAGS } from "./flags.ts";
import { runFix } from "./run-fix.ts";

export const fixCommand = defineCommand({
  description: {
    fr: "Ajoute aux manifestes ce que le profil Restricted et le contrat demandent (securityContext, seccomp, racine en lecture seule et emptyDir), sans toucher au reste : commentaires, ordre, guillemets et ancres restent. Affiche un diff ; ce que fix ne peut pas décider est nommé, avec son lieu. Dans un Dockerfile : USER, forme exec, STOPSIGNAL, adresses d'écoute, là où c'est sans risque.",
    en: "Adds to manifests what the Restricted profile and the contract ask for (securityContext, seccomp, a read-only root and its emptyDirs) and touches nothing else: comments, order, quotes and anchors stay. Shows a diff; what fix cannot decide is named, with its place. In a Dockerfile: USER, exec form, STOPSIGNAL, addresses to listen on, where that is safe.",
  },
  operand: {
    name: { fr: "FICHIER|RÉPERTOIRE", en: "FILE|FOLDER" },
    many: true,
    help: {
      fr: "manifestes, répertoires de manifestes, Dockerfiles ; « - » pour l'entrée standard",
      en: "manifests, folders of manifests, Dockerfiles; `-` for standard input",
    },
  },
  flags: FIX_FLAGS,
  examples: [
    {
      line: { fr: "douane fix deploiement/", en: "douane fix deploy/" },
      says: { fr: "voir le diff", en: "see the diff" },
    },
    {
      line: {
        fr: "douane fix deploiement/ --write --writable web:/app/.next/cache",
        en: "douane fix deploy/ --write --writable web:/app/.next/cache",
      },
      says: {
        fr: "l'écrire, avec un emptyDir là où l'application écrit",
        en: "write it, with an emptyDir where the application writes",
      },
    },
    {
      line: {
        fr: "helm template mon-chart | douane fix - --as helm-values > corrections.yaml",
        en: "helm template my-chart | douane fix - --as helm-values > corrections.yaml",
      },
      says: { fr: "pour un chart que l'on ne peut pas modifier", en: "for a chart that one cannot edit" },
    },
    {
      line: { fr: "douane fix Dockerfile", en: "douane fix Dockerfile" },
      says: {
        fr: "ce qui peut l'être sans risque dans un Dockerfile",
        en: "what is safe to correct in a Dockerfile",
      },
    },
  ],
  epilogue: {
    fr: `Appliquer le diff par « git apply » ou « patch -p1 », depuis le répertoire courant.
Le résultat est relu avant d'être montré : les champs prévus ont leur valeur, rien d'autre n'a changé.

Codes de retour :
  0   tout ce que fix peut corriger l'est, ou est dans le diff
  1   un workload n'a pas pu être corrigé : il reste tel quel, la raison est dite
  64  ligne de commande incorrecte
  65  une entrée n'est pas lisible comme ce qu'elle prétend être
  69  un fichier n'a pas pu être écrit
  70  défaut de douane`,
    en: `The diff is for \`git apply\` or \`patch -p1\`, from the current folder.
The result is read again before it is shown: the fields have their values, nothing else has changed.

Exit codes:
  0   all that fix can correct is corrected, or in the diff
  1   a workload could not be corrected: it stays as it was, the reason is given
  64  the command line is wrong
  65  an input is not readable as what it claims to be
  69  a file could not be written
  70  a defect of douane`,
  },
  run: runFix,
});
