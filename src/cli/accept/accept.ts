import { defineCommand } from "../command-line/command.ts";
import { ACCEPT_FLAGS } from "./flags.ts";
import { runAccept } from "./run-accept.ts";

export const acceptCommand = defineCommand({
  description: {
    fr: "Écrit l'entrée par laquelle la politique de la plateforme reconnaît qu'un constat est faux : là où un rapport JSON le montre, pas ailleurs, et jusqu'à une date.",
    en: "Writes the entry by which the platform's policy accepts a finding as false: where a JSON report shows it, nowhere else, and up to a day.",
  },
  operand: {
    name: { fr: "CONSTAT", en: "FINDING" },
    many: true,
    help: {
      fr: "son nom, que montrent douane check --show-fingerprints et les rapports JSON, HTML et SARIF",
      en: "its name, as `douane check --show-fingerprints` and the JSON, HTML and SARIF reports show it",
    },
  },
  flags: ACCEPT_FLAGS,
  examples: [
    {
      line: {
        fr: "douane accept 1.4-no-secrets:app/test.pem --report rapport.json --reason 'clé de test publiée' --author securite@exemple.fr --expires 2027-01-31",
        en: "douane accept 1.4-no-secrets:app/test.pem --report report.json --reason 'published test key' --author security@example.org --expires 2027-01-31",
      },
      says: {
        fr: "d'après un rapport de douane check --format json=rapport.json",
        en: "from a report of `douane check --format json=report.json`",
      },
    },
  ],
  run: runAccept,
});
