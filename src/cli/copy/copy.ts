import { defineCommand } from "../command-line/command.ts";
import { COPY_FLAGS } from "./flags.ts";
import { runCopy } from "./run-copy.ts";

export const copyCommand = defineCommand({
  description: {
    fr: "Copie une image, toutes plateformes comprises, avec tout ce qui y est attaché : attestations et signatures, dans toutes leurs dispositions. Les empreintes restent les mêmes, et les signatures valables. Le tag est écrit en dernier.",
    en: "Copies an image, of every platform, with all that is attached to it: attestations and signatures, in all their layouts. Digests stay the same, and signatures hold. The tag is written last.",
  },
  operand: {
    name: { fr: "SOURCE DESTINATION", en: "SOURCE DESTINATION" },
    many: true,
    help: {
      fr: "registre/dépôt:tag ou oci:RÉPERTOIRE:tag ; sans tag, la destination prend celui de la source",
      en: "registry/repository:tag or oci:FOLDER:tag; without a tag, the destination takes the source's",
    },
  },
  flags: COPY_FLAGS,
  examples: [
    {
      line: {
        fr: "douane copy registre.exemple.fr/equipe/portail:1.4.2 registre.plateforme.fr/equipe/portail:1.4.2",
        en: "douane copy registry.example/team/portal:1.4.2 registry.platform.example/team/portal:1.4.2",
      },
      says: {
        fr: "promouvoir une image d'un registre à un autre",
        en: "promote an image from one registry to another",
      },
    },
    {
      line: {
        fr: "douane copy registre.exemple.fr/equipe/portail:1.4.2 oci:portail",
        en: "douane copy registry.example/team/portal:1.4.2 oci:portal",
      },
      says: {
        fr: "l'emporter dans un répertoire OCI, pour un réseau isolé",
        en: "take it along in an OCI layout, for an isolated network",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   copiée, ou déjà là
  64  ligne de commande incorrecte, ou tag d'une autre image
  65  l'image est incomplète, corrompue, ou dépasse une limite ; ou un attachement listé à la source n'a pas pu être copié (le reste l'est)
  69  un registre n'est pas joignable, ou refuse
  70  défaut de douane`,
    en: `Exit codes:
  0   copied, or there already
  64  the command line is wrong, or the tag is another image's
  65  the image is incomplete, corrupt, or exceeds a limit; or an attachment that the source lists could not be copied (everything else is)
  69  a registry cannot be reached, or refuses
  70  a defect of douane`,
  },
  run: runCopy,
});
