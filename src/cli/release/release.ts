import { defineCommand } from "../command-line/command.ts";
import { RELEASE_FLAGS } from "./flags.ts";
import { runRelease } from "./run-release.ts";

export const releaseCommand = defineCommand({
  description: {
    fr: "Laisse entrer dans un espace de noms, jusqu'à un instant, une image que douane serve n'a pas pu examiner (registre en panne, preuve qui ne peut pas être produite). Réservé aux groupes que nomme la politique (admission.release.groups) ; inscrit dans le journal d'audit et montré dans chaque réponse. Une ligne à non n'est jamais levée.",
    en: "Lets an image that douane serve could not examine (a registry that is down, evidence that cannot be produced) into a namespace, until a given time. Reserved for the groups that the policy names (admission.release.groups); recorded in the audit log, and shown in every answer. A row answered no is never waived.",
  },
  operand: {
    name: { fr: "EMPREINTE", en: "DIGEST" },
    many: true,
    help: {
      fr: "l'empreinte par laquelle les pods nomment l'image (sha256:…), ou l'image avec elle",
      en: "the digest by which pods name the image (sha256:…), or the image with it",
    },
  },
  flags: RELEASE_FLAGS,
  examples: [
    {
      line: {
        fr: "douane release sha256:9f2d41c6a3b0e75d8c1f4a6b9e0d3c52718f6a4b5d2e9c0f1a3b7d8e6c5f4a21 --namespace boutique --until 8h --reason 'registre en panne' --server https://douane.douane.svc:8443 --token-file jeton",
        en: "douane release sha256:9f2d41c6a3b0e75d8c1f4a6b9e0d3c52718f6a4b5d2e9c0f1a3b7d8e6c5f4a21 --namespace shop --until 8h --reason 'the registry is down' --server https://douane.douane.svc:8443 --token-file token",
      },
      says: {
        fr: "pendant huit heures, dans l'espace de noms boutique",
        en: "for eight hours, in the namespace shop",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   inscrite, ou la liste est montrée
  64  ligne de commande incorrecte, ou demande que le serveur refuse
  65  la réponse n'est pas celle d'un serveur douane
  69  le serveur n'est pas joignable
  70  défaut de douane`,
    en: `Exit codes:
  0   recorded, or the list is shown
  64  the command line is wrong, or the server refuses the request
  65  the answer is not that of a douane server
  69  the server cannot be reached
  70  a defect of douane`,
  },
  run: runRelease,
});
