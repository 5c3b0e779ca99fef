import { defineCommand } from "../command-line/command.ts";
import { PUBLIC_FLAGS } from "./flags.ts";
import { runPublic } from "./run-public.ts";

export const publicCommand = defineCommand({
  description: {
    fr: "Affiche la clé publique, en PEM, à donner à qui vérifie. D'une clé de Vault, celle de chaque version que Vault vérifie encore : après une rotation, les signatures des versions précédentes restent valables, et la politique doit les nommer toutes.",
    en: "Prints the public key, in PEM, for those who verify. Of a key in Vault, that of every version that Vault still verifies: after a rotation the signatures of earlier versions stay valid, and the policy has to name them all.",
  },
  flags: PUBLIC_FLAGS,
  examples: [
    {
      line: {
        fr: "douane keys public --key vault://transit/notaire > notaire.pub",
        en: "douane keys public --key vault://transit/notary > notary.pub",
      },
      says: {
        fr: "écrire les clés publiques de toutes les versions d'une clé",
        en: "write the public keys of all versions of a key",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait
  64  ligne de commande ou clé incorrecte
  69  Vault n'est pas joignable, ou refuse
  70  défaut de douane`,
    en: `Exit codes:
  0   done
  64  the command line or the key is wrong
  69  Vault cannot be reached, or refuses
  70  a defect of douane`,
  },
  run: runPublic,
});
