import { defineCommand } from "../command-line/command.ts";
import { VERIFY_FLAGS } from "./flags.ts";
import { runVerify } from "./run-verify.ts";

export const verifyCommand = defineCommand({
  description: {
    fr: "Vérifie les attestations d'une image d'après la politique de la plateforme : d'où elle vient, qui l'a construite, quelles analyses elle a passées. Ne lit aucune couche, et ne joint que le registre de l'image.",
    en: "Verifies an image's attestations by the platform's policy: where it comes from, who built it, which scans it passed. Reads no layer, and connects to the image's registry only.",
  },
  operand: {
    name: { fr: "IMAGE", en: "IMAGE" },
    many: true,
    help: {
      fr: "registre/nom@sha256:… ou registre/nom:tag ; oci:RÉPERTOIRE",
      en: "registry/name@sha256:… or registry/name:tag; oci:FOLDER",
    },
  },
  flags: VERIFY_FLAGS,
  examples: [
    {
      line: {
        fr: "douane verify registry.example.fr/equipe/portail:1.4.2 --policy douane.yaml",
        en: "douane verify registry.example/team/portal:1.4.2 --policy douane.yaml",
      },
      says: {
        fr: "dire, ligne par ligne, si la chaîne tient, et quelle attestation en a décidé",
        en: "say, check by check, whether the chain holds, and which attestation decided",
      },
    },
    {
      line: {
        fr: "douane verify registry.example.fr/equipe/portail:1.4.2 --policy douane.yaml --explain --at 2026-06-15",
        en: "douane verify registry.example/team/portal:1.4.2 --policy douane.yaml --explain --at 2026-06-15",
      },
      says: {
        fr: "expliquer une décision passée, attestations écartées comprises",
        en: "explain an earlier decision, with the attestations that did not count",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   chaque ligne exigée est oui
  1   une ligne exigée est non
  2   une ligne exigée reste à prouver
  64  ligne de commande ou politique incorrecte
  65  l'image ou ses attestations dépassent une limite, ou ne sont pas lisibles
  69  le registre n'est pas joignable, ou refuse
  70  défaut de douane`,
    en: `Exit codes:
  0   every enforced row is yes
  1   an enforced row is no
  2   an enforced row is unproven
  64  the command line or the policy is wrong
  65  the image or its attestations exceed a limit, or cannot be read
  69  the registry cannot be reached, or refuses
  70  a defect of douane`,
  },
  run: runVerify,
});
