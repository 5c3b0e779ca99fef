import { defineCommand } from "../command-line/command.ts";
import { runDoctor } from "./run-doctor.ts";

export const doctorCommand = defineCommand({
  description: {
    fr: "Montre ce que douane trouve ici : Node, langue, cache, réglages, identifiants de registres (les noms des fichiers, jamais leur contenu), moteurs de conteneurs. À joindre à un rapport d'anomalie.",
    en: "Shows what douane finds here: Node, language, cache, settings, registry credentials (the files' names, never what is in them), container engines. Attach it to a bug report.",
  },
  flags: {},
  examples: [
    {
      line: { fr: "douane doctor", en: "douane doctor" },
      says: { fr: "quand quelque chose ne marche pas", en: "when something does not work" },
    },
  ],
  run: runDoctor,
});
