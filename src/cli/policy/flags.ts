import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { ATTEST_FLAGS } from "../attest/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { CONNECTION_FLAGS } from "../command-line/connection-flags.ts";
import { parseSerial, SIGNED_POLICY_FLAGS } from "../settings/policy-flags.ts";

const { key } = ATTEST_FLAGS;

export const PUSH_FLAGS = {
  key,
  serial: {
    value: { fr: "N", en: "N" },
    parse: parseSerial,
    help: {
      fr: "numéro de cette version, plus grand que le précédent (obligatoire)",
      en: "serial of this version, higher than the previous one (required)",
    },
  },
  validUntil: {
    value: { fr: "DATE", en: "DATE" },
    parse: parseDay,
    help: {
      fr: "dernier jour où elle est valable, AAAA-MM-JJ, UTC (obligatoire)",
      en: "last day on which it is valid, YYYY-MM-DD, UTC (required)",
    },
  },
  ...CONNECTION_FLAGS,
} as const satisfies Flags;

export type PushValues = Values<typeof PUSH_FLAGS>;

export const PULL_FLAGS = {
  ...SIGNED_POLICY_FLAGS,
  out: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "où l'écrire, en JSON, que YAML comprend (par défaut la sortie standard)",
      en: "where to write it, as JSON, which YAML includes (default: standard output)",
    },
  },
  ...CONNECTION_FLAGS,
} as const satisfies Flags;

export type PullValues = Values<typeof PULL_FLAGS>;

/** Last millisecond of a day, ISO 8601. */
function parseDay(value: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T23:59:59.999Z`) : Number.NaN;
  // An invalid day such as 2026-02-30 would otherwise be read as another day.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value))
    return new Date(time).toISOString();
  throw new UsageError("valid-until-invalid", {
    fr: `--valid-until ${quoted(value)} : écrire un jour AAAA-MM-JJ.`,
    en: `--valid-until ${quoted(value)}: write a day YYYY-MM-DD.`,
  });
}

/** Exit codes of `policy push` and `policy pull`, for their help. */
export const EXIT_CODES: Text = {
  fr: `Codes de retour :
  0   fait
  64  ligne de commande, politique ou clé incorrecte
  65  la politique publiée est refusée : signature, nom, numéro ou date
  69  le registre n'est pas joignable, ou refuse
  70  défaut de douane`,
  en: `Exit codes:
  0   done
  64  the command line, the policy or the key is wrong
  65  the published policy is refused: signature, name, serial or date
  69  the registry cannot be reached, or refuses
  70  a defect of douane`,
};
