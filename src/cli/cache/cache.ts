import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { defineCommand } from "../command-line/command.ts";
import { runCache } from "./run-cache.ts";

export const cacheCommand = defineCommand({
  description: {
    fr: "Montre ce que le cache contient, ou le vide. Ce qu'un essai peut être en train d'utiliser reste ; ce qui manque est relu quand il le faut.",
    en: "Shows what the cache holds, or empties it. What a trial may be using stays; what is missing is read again when it is needed.",
  },
  operand: {
    name: { fr: "clean|prune", en: "clean|prune" },
    help: {
      fr: "prune : retirer ce qui est inutilisé depuis --older-than ; clean : tout retirer. Sans argument : montrer les tailles et les âges",
      en: "prune: remove what has been unused for --older-than; clean: remove everything. Without it: show sizes and ages",
    },
  },
  flags: {
    olderThan: {
      value: { fr: "DURÉE", en: "TIME" },
      parse: parseAge,
      help: { fr: "inutilisé depuis : 30d (par défaut), 12h", en: "unused for: 30d (default), 12h" },
    },
  },
  examples: [
    {
      line: { fr: "douane cache", en: "douane cache" },
      says: {
        fr: "combien de place le cache prend, et depuis quand",
        en: "how much room the cache takes, and since when",
      },
    },
    {
      line: { fr: "douane cache prune --older-than 7d", en: "douane cache prune --older-than 7d" },
      says: {
        fr: "retirer ce qui n'a pas servi depuis une semaine",
        en: "remove what was not used for a week",
      },
    },
  ],
  run: runCache,
});

/** Age in milliseconds. */
function parseAge(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,4})([dhj])$/.exec(text) ?? [];
  if (count !== "") return Number(count) * (unit === "h" ? 3_600_000 : 86_400_000);
  throw new UsageError("older-than-invalid", {
    fr: `--older-than ${quoted(text)} : écrire un nombre de jours ou d'heures, par exemple 30d ou 12h.`,
    en: `--older-than ${quoted(text)}: write a number of days or hours, for example 30d or 12h.`,
  });
}
