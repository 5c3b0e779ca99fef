import { defineCommand } from "../command-line/command.ts";
import { POLICIES_FLAGS } from "./flags.ts";
import { runPolicies } from "./run-policies.ts";

export const policiesCommand = defineCommand({
  description: {
    fr: "Affiche des ValidatingAdmissionPolicies (CEL) : l'API server refuse alors lui-même, sans webhook, les pods dont le manifeste seul enfreint le contrat (profil Restricted), et, depuis Kubernetes 1.36, une MutatingAdmissionPolicy qui leur ajoute les champs absents. Ce que prouvent l'image ou un essai n'y est pas.",
    en: "Prints ValidatingAdmissionPolicies (CEL): with them the API server itself, without a webhook, refuses pods whose manifest alone breaks the contract (the Restricted profile); and, from Kubernetes 1.36 on, a MutatingAdmissionPolicy that adds the fields they lack. What an image or a trial proves is not in them.",
  },
  flags: POLICIES_FLAGS,
  examples: [
    {
      line: {
        fr: "douane policies --observe | kubectl apply -f -",
        en: "douane policies --observe | kubectl apply -f -",
      },
      says: {
        fr: "le premier jour : avertir, ne rien refuser",
        en: "the first day: warn, refuse nothing",
      },
    },
    {
      line: {
        fr: "douane policies --kubernetes 1.34 --exempt ingress-system > policies.yaml",
        en: "douane policies --kubernetes 1.34 --exempt ingress-system > policies.yaml",
      },
      says: {
        fr: "refuser, sauf dans un espace de noms de la plateforme",
        en: "refuse, except in a namespace of the platform",
      },
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
  run: runPolicies,
});
