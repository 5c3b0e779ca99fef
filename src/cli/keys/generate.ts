import { defineCommand } from "../command-line/command.ts";
import { GENERATE_FLAGS } from "./flags.ts";
import { runGenerate } from "./run-generate.ts";

export const generateCommand = defineCommand({
  description: {
    fr: "Crée une paire de clés : NOM.key, qui signe, et NOM.pub, à donner à qui vérifie. Avec COSIGN_PASSWORD, la clé est chiffrée, dans la forme que cosign lit ; sans, c'est du PEM en clair.",
    en: "Makes a pair of keys: NAME.key, which signs, and NAME.pub, for those who verify. With COSIGN_PASSWORD the key is encrypted, in the form that cosign reads; without, it is plain PEM.",
  },
  flags: GENERATE_FLAGS,
  examples: [
    {
      line: {
        fr: "COSIGN_PASSWORD=… douane keys generate --out atlas",
        en: "COSIGN_PASSWORD=… douane keys generate --out atlas",
      },
      says: {
        fr: "écrire atlas.key, chiffrée, et atlas.pub",
        en: "write atlas.key, encrypted, and atlas.pub",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait
  64  ligne de commande incorrecte, ou fichier qui existe déjà
  69  un fichier n'a pas pu être écrit
  70  défaut de douane`,
    en: `Exit codes:
  0   done
  64  the command line is wrong, or a file exists already
  69  a file could not be written
  70  a defect of douane`,
  },
  run: runGenerate,
});
