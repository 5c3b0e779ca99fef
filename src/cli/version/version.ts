import { CONTRACT } from "../../contract/edition.ts";
import { EXIT } from "../../contract/error.ts";
import { defineCommand } from "../command-line/command.ts";
import { COMMIT, VERSION, versionLine } from "../process/version.ts";

export const versionCommand = defineCommand({
  description: {
    fr: "Affiche la version de douane, l'édition du contrat d'après laquelle elle juge et le commit dont elle est faite, comme --version.",
    en: "Shows douane's version, the edition of the contract that it judges by and the commit that it is made of, as --version does.",
  },
  flags: {
    json: {
      help: {
        fr: "en JSON : version, contract, commit (absent d'un dépôt cloné), node",
        en: "as JSON: version, contract, commit (absent in a clone), node",
      },
    },
  },
  examples: [
    {
      line: { fr: "douane version --json", en: "douane version --json" },
      says: { fr: "pour un script", en: "for a script" },
    },
  ],
  run: async ({ context: { stdout }, lang }, { json }) => {
    const facts = { version: VERSION, contract: CONTRACT, commit: COMMIT, node: process.versions.node };
    await stdout.write(`${json ? JSON.stringify(facts) : versionLine()[lang]}\n`);
    return EXIT.admitted;
  },
});
