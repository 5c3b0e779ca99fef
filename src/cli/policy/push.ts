import { defineCommand } from "../command-line/command.ts";
import { PUSH_FLAGS } from "./flags.ts";
import { runPush } from "./run-push.ts";

export const pushCommand = defineCommand({
  description: {
    fr: "Signe une politique et la publie sous un tag. Les clés qu'elle nomme par leur fichier y sont mises. Le tag fait partie de ce qui est signé : la politique d'un autre tag n'y compte pas.",
    en: "Signs a policy and publishes it under a tag. Keys that it names by their files are put in. The tag is part of what is signed: another tag's policy does not count there.",
  },
  operand: {
    name: { fr: "FICHIER oci://RÉFÉRENCE", en: "FILE oci://REFERENCE" },
    many: true,
    help: {
      fr: "politique, et où la publier : oci://registre/dépôt:tag",
      en: "policy, and where to publish it: oci://registry/repository:tag",
    },
  },
  flags: PUSH_FLAGS,
  examples: [
    {
      line: {
        fr: "douane policy push douane.yaml oci://registre.exemple.fr/plateforme/politique:prod --key env://CLE_POLITIQUE --serial 43 --valid-until 2027-03-31",
        en: "douane policy push douane.yaml oci://registry.example/platform/policy:prod --key env://POLICY_KEY --serial 43 --valid-until 2027-03-31",
      },
      says: {
        fr: "publier la version 43, valable jusqu'à fin mars",
        en: "publish version 43, which counts until the end of March",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait
  64  ligne de commande, politique ou clé incorrecte
  65  la politique publiée est refusée : signature, nom, numéro ou date
  69  le registre n'est pas joignable, ou refuse
  70  défaut de douane`,
    en: `Exit codes:
  0   done
  64  the command line, the policy or the key is wrong
  65  the published policy is refused: signature, name, serial or date
  69  the registry cannot be reached, or refuses
  70  a defect of douane`,
  },
  run: runPush,
});
