import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { CONNECTION_FLAGS } from "../command-line/connection-flags.ts";
import { assertDistinct } from "../command-line/format-target.ts";
import { SIGNED_POLICY_FLAGS } from "../settings/policy-flags.ts";
import { PLAIN_NAMES, parsePlainFormat } from "../vulns/formats.ts";

export const VERIFY_FLAGS = {
  policy: {
    env: true,
    value: { fr: "FICHIER|oci://RÉF", en: "FILE|oci://REF" },
    help: {
      fr: "politique de la plateforme, dont la section attestations dit qui peut signer quoi (obligatoire)",
      en: "the platform's policy, whose section attestations says who may sign what (required)",
    },
  },
  ...SIGNED_POLICY_FLAGS,
  explain: {
    help: {
      fr: "montrer aussi les attestations qui ne comptent pas, et pourquoi",
      en: "also show the attestations that do not count, and why",
    },
  },
  rebuilt: {
    value: { fr: "IMAGE", en: "IMAGE" },
    help: {
      fr: "image d'un autre build du même commit : dire si les couches et la configuration sont les mêmes (reproductibilité)",
      en: "image of another build of the same commit: say whether layers and configuration are the same (reproducibility)",
    },
  },
  updateRoot: {
    help: {
      fr: "d'abord mettre à jour trusted_root.json depuis son dépôt TUF (trustedRoot.tuf de la politique, ou les trois options qui suivent) ; sans IMAGE, ne faire que cela",
      en: "first update trusted_root.json from its TUF repository (trustedRoot.tuf of the policy, or the three options below); without IMAGE, do only that",
    },
  },
  tufMirror: {
    value: { fr: "URL", en: "URL" },
    help: { fr: "--update-root : adresse du miroir TUF", en: "--update-root: address of the TUF mirror" },
  },
  tufRoot: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "--update-root : root.json épinglé, où commence la mise à jour",
      en: "--update-root: pinned root.json, where the update begins",
    },
  },
  trustedRoot: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "--update-root : trusted_root.json à écrire",
      en: "--update-root: trusted_root.json to be written",
    },
  },
  at: {
    value: { fr: "DATE", en: "DATE" },
    parse: parseAt,
    help: {
      fr: "juger à cette date (AAAA-MM-JJ : la fin du jour, UTC ; ou RFC 3339) et non à l'instant",
      en: "judge as of this date (YYYY-MM-DD: the end of the day, UTC; or RFC 3339) and not of now",
    },
  },
  platform: {
    env: true,
    value: { fr: "OS/ARCH", en: "OS/ARCH" },
    help: {
      fr: "plateforme à vérifier, par exemple linux/arm64 (par défaut celle de la politique, sinon Linux sur l'architecture de cette machine)",
      en: "platform to verify, linux/arm64 for example (default: the policy's, else Linux on the architecture of this machine)",
    },
  },
  format: {
    value: { fr: "NOM[=FICHIER]", en: "NAME[=FILE]" },
    many: true,
    parse: parsePlainFormat,
    verify: assertDistinct,
    choices: () => PLAIN_NAMES,
    help: {
      fr: "table (par défaut) ou json, répétable",
      en: "table (default) or json, repeatable",
    },
  },
  ...CONNECTION_FLAGS,
} as const satisfies Flags;

export type VerifyValues = Values<typeof VERIFY_FLAGS>;

/** Time as ISO 8601 in UTC; for a day, its last second. */
function parseAt(value: string): string {
  const text = /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T23:59:59Z` : value;
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new UsageError("at-invalid", {
    fr: `--at ${quoted(value)} : écrire une date AAAA-MM-JJ, ou un instant RFC 3339 (2026-06-15T12:00:00Z).`,
    en: `--at ${quoted(value)}: write a date YYYY-MM-DD, or a time of RFC 3339 (2026-06-15T12:00:00Z).`,
  });
}
