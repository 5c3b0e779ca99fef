import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Flags, Values } from "../command-line/command.ts";

export const VULNS_FLAGS = {
  data: {
    env: true,
    value: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "où sont les données de vulnérabilités (par défaut douane/vulnerabilities sous XDG_DATA_HOME, sinon sous ~/.local/share)",
      en: "where the vulnerability data are (default: douane/vulnerabilities below XDG_DATA_HOME, else below ~/.local/share)",
    },
  },
  source: {
    value: { fr: "NOM", en: "NAME" },
    parse: parseSource,
    help: {
      fr: "import : nom de la source, au lieu de celui qui vient du contenu (osv:npm, debian-tracker…)",
      en: "import: name of the source, instead of what its content says (osv:npm, debian-tracker…)",
    },
  },
  asOf: {
    value: { fr: "DATE", en: "DATE" },
    parse: parseDate,
    help: {
      fr: "import : jour du téléchargement, 2026-06-15, où la source était à jour ; sans lui, la date la plus récente du contenu",
      en: "import: day of the download, 2026-06-15, on which the source was current; without it, the newest date of the content",
    },
  },
  allowShrink: {
    help: {
      fr: "import : remplacer aussi une source par une autre qui a moins de la moitié de ses enregistrements",
      en: "import: replace a source even by one that has less than half of its records",
    },
  },
  maxAge: {
    value: { fr: "JOURS", en: "DAYS" },
    parse: parseDays,
    help: {
      fr: "âge au-delà duquel les données ne prouvent plus rien (par défaut 5 jours)",
      en: "age beyond which data prove nothing (default: 5 days)",
    },
  },
  format: {
    value: { fr: "table|json", en: "table|json" },
    choices: () => STATUS_FORMATS,
    parse: parseFormat,
    help: { fr: "status : tableau (par défaut) ou JSON", en: "status: a table (default) or JSON" },
  },
} as const satisfies Flags;

export type VulnsValues = Values<typeof VULNS_FLAGS>;

const STATUS_FORMATS = ["table", "json"] as const;

function parseSource(text: string): string {
  if (/^[a-z0-9][\w.:/ -]{0,99}$/i.test(text)) return text;
  throw new UsageError("source-name-invalid", {
    fr: `--source ${quoted(text)} : écrire un nom simple, par exemple osv:interne.`,
    en: `--source ${quoted(text)}: write a plain name, for example osv:internal.`,
  });
}

function parseDate(text: string): string {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text;
  throw new UsageError("as-of-invalid", {
    fr: `--as-of ${quoted(text)} : écrire un jour, par exemple 2026-06-15.`,
    en: `--as-of ${quoted(text)}: write a day, for example 2026-06-15.`,
  });
}

function parseDays(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new UsageError("max-age-invalid", {
    fr: `--max-age ${quoted(text)} : écrire un nombre de jours, par exemple 5.`,
    en: `--max-age ${quoted(text)}: write a number of days, for example 5.`,
  });
}

function parseFormat(text: string): (typeof STATUS_FORMATS)[number] {
  const format = STATUS_FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new UsageError("status-format-unknown", {
    fr: `--format ${quoted(text)} : table ou json.`,
    en: `--format ${quoted(text)}: table or json.`,
  });
}
