import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Application, parseApplication } from "../../server/audit/application.ts";
import { ATTEST_FLAGS } from "../attest/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { STORE_FLAGS } from "../command-line/store-flags.ts";

const FILE = { fr: "FICHIER", en: "FILE" };
const DAY = { fr: "DATE", en: "DATE" };
const { key, caFile } = ATTEST_FLAGS;

export const VERIFY_FLAGS = {
  ...STORE_FLAGS,
  head: {
    value: FILE,
    many: true,
    help: {
      fr: "tête signée que « douane audit head » ou le serveur a émise : le journal doit passer par elle ; répétable",
      en: "signed head that `douane audit head` or the server has emitted: the log must pass through it; repeatable",
    },
  },
  publicKey: {
    value: FILE,
    many: true,
    help: {
      fr: "clé publique, PEM, qui vérifie les têtes ; répétable",
      en: "public key, PEM, that verifies heads; repeatable",
    },
  },
} as const satisfies Flags;

export type VerifyValues = Values<typeof VERIFY_FLAGS>;

export const EXPORT_FLAGS = {
  ...STORE_FLAGS,
  application: {
    value: { fr: "ESPACE-DE-NOMS[/WORKLOAD]", en: "NAMESPACE[/WORKLOAD]" },
    parse: (text: string): Application => parseApplication(text),
    help: {
      fr: "application : un espace de noms, ou un de ses workloads (obligatoire)",
      en: "application: a namespace, or one of its workloads (required)",
    },
  },
  from: {
    value: DAY,
    parse: (text: string) => `${day("--from", text)}T00:00:00.000Z`,
    help: {
      fr: "premier jour, AAAA-MM-JJ, UTC (obligatoire)",
      en: "first day, YYYY-MM-DD, UTC (required)",
    },
  },
  to: {
    value: DAY,
    parse: (text: string) => `${day("--to", text)}T23:59:59.999Z`,
    help: {
      fr: "dernier jour, inclus (obligatoire)",
      en: "last day, included (required)",
    },
  },
  out: {
    value: FILE,
    help: {
      fr: "où l'écrire (par défaut la sortie standard)",
      en: "where to write it (default: standard output)",
    },
  },
} as const satisfies Flags;

export type ExportValues = Values<typeof EXPORT_FLAGS>;

export const HEAD_FLAGS = {
  ...STORE_FLAGS,
  key,
  out: EXPORT_FLAGS.out,
  caFile,
} as const satisfies Flags;

export type HeadValues = Values<typeof HEAD_FLAGS>;

function day(flag: string, text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  // An invalid day such as 2026-02-30 would otherwise be read as another day.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new UsageError("audit-day", {
    fr: `${flag} ${quoted(text)} : écrire un jour AAAA-MM-JJ.`,
    en: `${flag} ${quoted(text)}: write a day YYYY-MM-DD.`,
  });
}

/** Exit codes of the commands of `audit`, for their help. */
export const EXIT_CODES: Text = {
  fr: `Codes de retour :
  0   fait, ou journal intact
  1   verify : le journal a été modifié
  2   verify : l'export est intact, mais il manque des documents que ses décisions nomment
  64  ligne de commande ou clé incorrecte, ou aucune donnée
  65  un fichier est refusé : modifié, signé par une autre clé, ou d'une autre forme
  69  la base de données n'est pas joignable
  70  défaut de douane`,
  en: `Exit codes:
  0   done, or the log is whole
  1   verify: the log was tampered with
  2   verify: the export is whole, but lacks documents that its decisions name
  64  the command line or a key is wrong, or there are no data
  65  a file is refused: changed, signed by another key, or of another form
  69  the database cannot be reached
  70  a defect of douane`,
};
