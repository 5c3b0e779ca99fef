import { defineCommand } from "../command-line/command.ts";
import { EXIT_CODES, PUSH_FLAGS } from "./flags.ts";
import { runPush } from "./run-push.ts";

export const pushCommand = defineCommand({
  description: {
    fr: "Signe une politique et la publie sous un tag. Les clés qu'elle désigne par un fichier y sont incluses. Le tag fait partie de ce qui est signé : la politique d'un autre tag n'y compte pas.",
    en: "Signs a policy and publishes it under a tag. Keys that it names by their files are included. The tag is part of what is signed: another tag's policy does not count there.",
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
        en: "publish version 43, valid until the end of March",
      },
    },
  ],
  epilogue: EXIT_CODES,
  run: runPush,
});
