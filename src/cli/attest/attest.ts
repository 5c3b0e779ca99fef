import { defineCommand } from "../command-line/command.ts";
import { ATTEST_FLAGS } from "./flags.ts";
import { runAttest } from "./run-attest.ts";

export const attestCommand = defineCommand({
  description: {
    fr: "Signe des attestations in-toto (provenance, SBOM, rapports d'analyse, essais, verdict, tout prédicat) et les attache à une image poussée : à son index et à chaque plateforme.",
    en: "Signs in-toto attestations (provenance, SBOM, scan reports, trials, verdict, any predicate) and attaches them to an image that was pushed: to its index and to every platform.",
  },
  operand: {
    name: { fr: "IMAGE", en: "IMAGE" },
    many: true,
    help: {
      fr: "registre/nom:tag ou registre/nom@sha256:… ; oci:RÉPERTOIRE",
      en: "registry/name:tag or registry/name@sha256:…; oci:FOLDER",
    },
  },
  flags: ATTEST_FLAGS,
  examples: [
    {
      line: {
        fr: "douane attest registry.example.fr/equipe/portail:1.4.2 --key douane.key --provenance --sbom portail.cdx.json",
        en: "douane attest registry.example/team/portal:1.4.2 --key douane.key --provenance --sbom portal.cdx.json",
      },
      says: {
        fr: "attester d'où vient l'image et ce qu'elle contient",
        en: "attest where the image comes from and what it contains",
      },
    },
    {
      line: {
        fr: "douane attest registry.example.fr/equipe/portail:1.4.2 --key douane.key --scan gl-sast-report.json --scan gitleaks.json,exit-code=0,target=.",
        en: "douane attest registry.example/team/portal:1.4.2 --key douane.key --scan gl-sast-report.json --scan gitleaks.json,exit-code=0,target=.",
      },
      says: {
        fr: "attester les analyses : le rapport de gitleaks ne dit pas si l'outil a terminé, le job le dit",
        en: "attest the scans: gitleaks's report does not say whether the tool finished, so the job does",
      },
    },
    {
      line: {
        fr: "douane attest registry.example.fr/equipe/portail:1.4.2 --key plateforme.key --verdict --policy douane.yaml",
        en: "douane attest registry.example/team/portal:1.4.2 --key platform.key --verdict --policy douane.yaml",
      },
      says: {
        fr: "attester le verdict de la plateforme sur l'image",
        en: "attest the platform's verdict on the image",
      },
    },
    {
      line: {
        fr: "douane attest registry.example.fr/equipe/portail:1.4.2 --key env://SIGNING_KEY --sign",
        en: "douane attest registry.example/team/portal:1.4.2 --key env://SIGNING_KEY --sign",
      },
      says: {
        fr: "signer l'image, avec une clé que la CI garde dans une variable",
        en: "sign the image, with a key that the CI keeps in a variable",
      },
    },
  ],
  epilogue: {
    fr: `Qui tient la clé peut tout affirmer : une clé dans le pipeline de l'équipe vaut « affirmé par l'équipe ».
Codes de retour :
  0   fait
  64  ligne de commande ou clé incorrecte
  65  un fichier ou l'image n'est pas lisible comme ce qu'il prétend être
  69  le registre n'est pas joignable, ou refuse
  70  défaut de douane`,
    en: `Whoever holds the key can state anything: a key in the team's pipeline is worth "asserted by the team".
Exit codes:
  0   done
  64  the command line or the key is wrong
  65  a file or the image is not readable as what it claims to be
  69  the registry cannot be reached, or refuses
  70  a defect of douane`,
  },
  run: runAttest,
});
