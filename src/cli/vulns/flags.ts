import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { CHECK_FLAGS, READING_FLAGS } from "../check/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { assertDistinct } from "../command-line/format-target.ts";
import { PLAIN_NAMES, parsePlainFormat, parseVulnsFormat, VULNS_FORMATS } from "./formats.ts";

const { data, policy } = CHECK_FLAGS;
const { insecureRegistry, caFile } = READING_FLAGS;

const FORMAT_NAMES = VULNS_FORMATS.map(({ name }) => name);

/**
 * Justifications of OpenVEX
 * (https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-justifications).
 */
const JUSTIFICATIONS = [
  "component_not_present",
  "vulnerable_code_not_present",
  "vulnerable_code_not_in_execute_path",
  "vulnerable_code_cannot_be_controlled_by_adversary",
  "inline_mitigations_already_exist",
] as const;

const OWN = {
  source: {
    value: { fr: "NOM", en: "NAME" },
    parse: parseSource,
    help: {
      fr: "nom de la source, au lieu de celui qui vient du contenu (osv:npm, debian-tracker…)",
      en: "name of the source, instead of the one derived from its content (osv:npm, debian-tracker…)",
    },
  },
  asOf: {
    value: { fr: "DATE", en: "DATE" },
    parse: parseDate,
    help: {
      fr: "jour du téléchargement, 2026-06-15, où la source était à jour ; sans lui, la date la plus récente du contenu",
      en: "day of the download, 2026-06-15, on which the source was current; without it, the newest date of the content",
    },
  },
  allowShrink: {
    help: {
      fr: "remplacer aussi une source par une autre qui a moins de la moitié de ses enregistrements",
      en: "replace a source even if the new one has less than half as many records",
    },
  },
  publicKey: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "clé publique PEM qui doit avoir signé les données du miroir (sinon celle de la politique)",
      en: "PEM public key that verifies the signature of the mirror's data (default: the policy's)",
    },
  },
  allowUnsigned: {
    help: {
      fr: "prendre d'un miroir des données non signées",
      en: "take unsigned data from a mirror",
    },
  },
  signingKey: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "clé privée PEM (Ed25519, ECDSA ou RSA) qui signe les données",
      en: "PEM private key (Ed25519, ECDSA or RSA) that signs the data",
    },
  },
  since: {
    value: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "export précédent dont les sources mènent aux nouvelles par des deltas (par défaut celui que le répertoire contient)",
      en: "earlier export to make deltas from (default: the export already in the folder)",
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
    value: { fr: "NOM[=FICHIER]", en: "NAME[=FILE]" },
    many: true,
    choices: () => FORMAT_NAMES,
    parse: parseVulnsFormat,
    verify: assertDistinct,
    help: {
      fr: `forme de la réponse, répétable : ${FORMAT_NAMES.join(", ")} (par défaut table)`,
      en: `form of the answer, repeatable: ${FORMAT_NAMES.join(", ")} (default: table)`,
    },
  },
  vex: {
    value: { fr: "FICHIER", en: "FILE" },
    many: true,
    help: {
      fr: "document VEX (OpenVEX, CSAF, CycloneDX) dont les déclarations figurent avec les constats, répétable",
      en: "VEX document (OpenVEX, CSAF, CycloneDX) whose statements are shown beside the findings, repeatable",
    },
  },
  author: {
    value: { fr: "NOM", en: "NAME" },
    help: { fr: "qui déclare", en: "author of the statement" },
  },
  justification: {
    value: { fr: "RAISON", en: "REASON" },
    choices: () => JUSTIFICATIONS,
    help: {
      fr: `pourquoi l'image n'est pas concernée : ${JUSTIFICATIONS.join(", ")}`,
      en: `why the image is not affected: ${JUSTIFICATIONS.join(", ")}`,
    },
  },
} as const satisfies Flags;

const { source, asOf, allowShrink, publicKey, allowUnsigned, signingKey, since, maxAge } = OWN;
const { format, vex, author, justification } = OWN;

/** Format flag of `status` and `affected`, whose results are not findings of one image. */
const plainFormat = {
  ...format,
  choices: () => PLAIN_NAMES,
  parse: parsePlainFormat,
  help: {
    fr: "forme de la réponse, répétable : table (par défaut), json",
    en: "form of the answer, repeatable: table (default), json",
  },
} as const;

export const SCAN_FLAGS = { data, format, policy, ...READING_FLAGS, vex } as const satisfies Flags;
export const IMPORT_FLAGS = { data, source, asOf, allowShrink } as const satisfies Flags;
export const UPDATE_FLAGS = {
  data,
  policy,
  maxAge,
  publicKey,
  allowUnsigned,
  insecureRegistry,
  caFile,
} as const satisfies Flags;
export const EXPORT_FLAGS = { data, signingKey, since } as const satisfies Flags;
export const STATUS_FLAGS = { data, maxAge, format: plainFormat, policy } as const satisfies Flags;
export const AFFECTED_FLAGS = { data, format: plainFormat, policy } as const satisfies Flags;
export const EXPLAIN_VEX_FLAGS = { data, policy, ...READING_FLAGS } as const satisfies Flags;
export const NEW_VEX_FLAGS = { author, justification } as const satisfies Flags;

export type ScanValues = Values<typeof SCAN_FLAGS>;
export type ImportValues = Values<typeof IMPORT_FLAGS>;
export type UpdateValues = Values<typeof UPDATE_FLAGS>;
export type ExportValues = Values<typeof EXPORT_FLAGS>;
export type StatusValues = Values<typeof STATUS_FLAGS>;
export type AffectedValues = Values<typeof AFFECTED_FLAGS>;
export type ExplainVexValues = Values<typeof EXPLAIN_VEX_FLAGS>;
export type NewVexValues = Values<typeof NEW_VEX_FLAGS>;

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
