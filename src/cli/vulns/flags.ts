import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { CHECK_FLAGS } from "../check/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { parseVulnsFormat, VULNS_FORMATS } from "./formats.ts";

const { data, policy, platform, noCache, insecureRegistry, caFile } = CHECK_FLAGS;

const FORMAT_NAMES = VULNS_FORMATS.map(({ name }) => name);

/** Of OpenVEX (https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-justifications). */
const JUSTIFICATIONS = [
  "component_not_present",
  "vulnerable_code_not_present",
  "vulnerable_code_not_in_execute_path",
  "vulnerable_code_cannot_be_controlled_by_adversary",
  "inline_mitigations_already_exist",
] as const;

export const VULNS_FLAGS = {
  data,
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
  publicKey: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "update : clé publique PEM qui doit avoir signé les données du miroir (sinon celle de la politique)",
      en: "update: PEM public key that must have signed the mirror's data (otherwise the policy's)",
    },
  },
  allowUnsigned: {
    help: {
      fr: "update : prendre d'un miroir des données non signées",
      en: "update: take unsigned data from a mirror",
    },
  },
  signingKey: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "export : clé privée PEM (Ed25519, ECDSA ou RSA) qui signe les données",
      en: "export: PEM private key (Ed25519, ECDSA or RSA) that signs the data",
    },
  },
  since: {
    value: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "export : export précédent dont les sources mènent aux nouvelles par des deltas (par défaut celui que le répertoire contient)",
      en: "export: earlier export from whose sources deltas lead to the new ones (default: the one that the folder holds)",
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
    help: {
      fr: `forme de la réponse, répétable : ${FORMAT_NAMES.join(", ")} (par défaut table) ; status et affected : table ou json`,
      en: `form of the answer, repeatable: ${FORMAT_NAMES.join(", ")} (default: table); status and affected: table or json`,
    },
  },
  policy,
  platform,
  noCache,
  insecureRegistry,
  caFile,
  vex: {
    value: { fr: "FICHIER", en: "FILE" },
    many: true,
    help: {
      fr: "document VEX (OpenVEX, CSAF, CycloneDX) dont les déclarations figurent avec les constats, répétable",
      en: "VEX document (OpenVEX, CSAF, CycloneDX) whose statements stand beside the findings, repeatable",
    },
  },
  author: {
    value: { fr: "NOM", en: "NAME" },
    help: { fr: "vex new : qui déclare", en: "vex new: who states it" },
  },
  justification: {
    value: { fr: "RAISON", en: "REASON" },
    choices: () => JUSTIFICATIONS,
    help: {
      fr: `vex new : pourquoi l'image n'est pas concernée : ${JUSTIFICATIONS.join(", ")}`,
      en: `vex new: why the image is not affected: ${JUSTIFICATIONS.join(", ")}`,
    },
  },
} as const satisfies Flags;

export type VulnsValues = Values<typeof VULNS_FLAGS>;

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
