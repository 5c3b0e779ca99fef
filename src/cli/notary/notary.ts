import { defineCommand } from "../command-line/command.ts";
import { NOTARY_FLAGS } from "./flags.ts";
import { runNotary } from "./run-notary.ts";

export const notaryCommand = defineCommand({
  description: {
    fr: "Sert le notaire de la plateforme : à un job qui montre le jeton d'identité de sa forge, il signe des attestations dont le builder, les sources et le commit viennent de ce jeton. Il écoute sur 127.0.0.1 ; mettre TLS devant. Il n'écrit rien dans les registres, et ne contacte que les forges et les registres que la politique nomme.",
    en: "Serves the platform's notary: for a job that shows its forge's identity token it signs attestations whose builder, source and commit come from that token. It listens on 127.0.0.1; put TLS before it. It writes nothing to registries, and contacts only the forges and registries that the policy names.",
  },
  flags: NOTARY_FLAGS,
  examples: [
    {
      line: {
        fr: "douane notary --policy politique.yaml --key notaire.key",
        en: "douane notary --policy policy.yaml --key notary.key",
      },
      says: {
        fr: "signer pour les projets que nomme la politique ; leurs jobs : douane attest IMAGE --via https://notaire.exemple.fr",
        en: "sign for the projects that the policy names; their jobs: douane attest IMAGE --via https://notary.example",
      },
    },
  ],
  epilogue: {
    fr: `Une ligne par réponse sur la sortie d'erreur : statut, raison d'un refus, nombre de déclarations ; jamais un jeton.
Codes de retour :
  64   ligne de commande, politique ou clé incorrecte
  69   le port ne peut pas être ouvert
  70   défaut de douane
  130, 143   arrêté par SIGINT, SIGTERM`,
    en: `One line per answer on standard error: status, reason of a refusal, number of statements; never a token.
Exit codes:
  64   the command line, the policy or the key is wrong
  69   the port cannot be opened
  70   a defect of douane
  130, 143   stopped by SIGINT, SIGTERM`,
  },
  run: runNotary,
});
