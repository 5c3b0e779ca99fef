import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { CHECK_FLAGS } from "../check/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";

const { caFile, insecureRegistry } = CHECK_FLAGS;

export const COMMENT_FLAGS = {
  name: {
    value: { fr: "NOM", en: "NAME" },
    help: {
      fr: "ce qui distingue ce commentaire et ce statut de ceux d'autres jobs (par défaut douane)",
      en: "what tells this comment and this status from those of other jobs (default: douane)",
    },
  },
  exit: {
    value: { fr: "CODE", en: "CODE" },
    parse: parseExit,
    help: {
      fr: "le code de retour de douane check : écrire aussi un statut du commit",
      en: "the exit code of douane check: write a status of the commit, too",
    },
  },
  insecureRegistry: {
    ...insecureRegistry,
    help: {
      fr: "hôte de l'API à joindre en HTTP ou sans vérifier son certificat, répétable",
      en: "host of the API to reach over HTTP or without verifying its certificate, repeatable",
    },
  },
  caFile,
} as const satisfies Flags;

export type CommentValues = Values<typeof COMMENT_FLAGS>;

function parseExit(value: string): number {
  if (/^\d{1,3}$/.test(value)) return Number(value);
  throw new UsageError("exit-invalid", {
    fr: `--exit ${quoted(value)} : un code de retour est un nombre, par exemple "$?".`,
    en: `--exit ${quoted(value)}: an exit code is a number, for example "$?".`,
  });
}
