import { defineCommand } from "../command-line/command.ts";
import { SERVE_FLAGS } from "./flags.ts";
import { runServe } from "./run-serve.ts";

export const serveCommand = defineCommand({
  description: {
    fr: "Décide, comme webhook d'admission de Kubernetes, si des pods peuvent entrer : /admission/validate refuse ceux qui ne respectent pas le contrat, avec toutes les raisons ; /admission/mutate fixe les tags à leur empreinte, si la politique le demande. Une image inconnue est examinée à l'arrière-plan. Verdicts et décisions sont en mémoire et sur la sortie standard, ou durables dans PostgreSQL (--database, --data-dir).",
    en: "Decides, as an admission webhook of Kubernetes, whether pods may enter: /admission/validate refuses those that do not meet the contract, with every reason; /admission/mutate pins tags to their digest, where the policy says so. An unknown image is examined in the background. Verdicts and decisions are in memory and on standard output, or durable in PostgreSQL (--database, --data-dir).",
  },
  flags: SERVE_FLAGS,
  examples: [
    {
      line: {
        fr: "douane serve --policy politique.yaml --tls-cert tls.crt --tls-key tls.key",
        en: "douane serve --policy policy.yaml --tls-cert tls.crt --tls-key tls.key",
      },
      says: {
        fr: "écouter sur le port 8443 de toutes les adresses",
        en: "listen on port 8443 of all addresses",
      },
    },
    {
      line: {
        fr: "douane serve --policy politique.yaml --tls-cert tls.crt --tls-key tls.key --check-config",
        en: "douane serve --policy policy.yaml --tls-cert tls.crt --tls-key tls.key --check-config",
      },
      says: {
        fr: "dire d'abord ce qu'il ferait",
        en: "say first what it would do",
      },
    },
    {
      line: {
        fr: "douane serve --policy politique.yaml --tls-cert tls.crt --tls-key tls.key --data-dir donnees",
        en: "douane serve --policy policy.yaml --tls-cert tls.crt --tls-key tls.key --data-dir data",
      },
      says: {
        fr: "garder verdicts et décisions dans un PostgreSQL que le serveur démarre lui-même",
        en: "keep verdicts and decisions in a PostgreSQL that the server starts itself",
      },
    },
    {
      line: {
        fr: "douane serve --preview politique-suivante.yaml --database postgres://lecture@base/douane",
        en: "douane serve --preview next-policy.yaml --database postgres://reader@base/douane",
      },
      says: {
        fr: "dire ce qu'une autre politique refuserait, par espace de noms et application",
        en: "say what another policy would refuse, by namespace and application",
      },
    },
  ],
  epilogue: {
    fr: `Une ligne de JSON par décision et par événement sur la sortie standard. /livez et /readyz répondent 200, ou 503 avec les raisons.
Codes de retour :
  0    configuration vérifiée (--check-config) ; rien ne serait refusé (--preview)
  1    --preview : quelque chose serait refusé
  2    --preview : quelque chose resterait à prouver
  3    --preview : quelque chose serait refusé, et autre chose n'a pas pu être examiné
  64   ligne de commande, politique, certificat ou clé incorrects
  69   --preview : quelque chose n'a pas pu être examiné ; le port ne peut pas être ouvert, ou la base de données n'est pas joignable
  70   défaut de douane
  130, 143   arrêté par SIGINT, SIGTERM, les demandes en cours ayant reçu leur réponse`,
    en: `One line of JSON for each decision and event on standard output. /livez and /readyz answer 200, or 503 with the reasons.
Exit codes:
  0    the configuration is verified (--check-config); nothing would be refused (--preview)
  1    --preview: something would be refused
  2    --preview: something would be unproven
  3    --preview: something would be refused, and something else could not be examined
  64   the command line, the policy, the certificate or the key is wrong
  69   --preview: something could not be examined; the port cannot be opened, or the database cannot be reached
  70   a defect of douane
  130, 143   stopped by SIGINT, SIGTERM, the requests under way answered`,
  },
  run: runServe,
});
