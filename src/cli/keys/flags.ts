import { KEY_TYPES, type KeyType } from "../../attest/keys/generate-key.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { ATTEST_FLAGS } from "../attest/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";

export const GENERATE_FLAGS = {
  type: {
    value: { fr: "TYPE", en: "TYPE" },
    parse: parseType,
    choices: () => KEY_TYPES,
    help: {
      fr: "p256 (par défaut, lu par tous les outils) ou ed25519",
      en: "p256 (default, read by every tool) or ed25519",
    },
  },
  out: {
    value: { fr: "NOM", en: "NAME" },
    help: {
      fr: "nom des fichiers, sans .key ni .pub (par défaut douane)",
      en: "name of the files, without .key and .pub (default: douane)",
    },
  },
} as const satisfies Flags;

export type GenerateValues = Values<typeof GENERATE_FLAGS>;

const { key, caFile } = ATTEST_FLAGS;

export const PUBLIC_FLAGS = { key, caFile } as const satisfies Flags;

export type PublicValues = Values<typeof PUBLIC_FLAGS>;

function parseType(value: string): KeyType {
  const type = KEY_TYPES.find((candidate) => candidate === value);
  if (type !== undefined) return type;
  throw new UsageError("key-type-unknown", {
    fr: `--type ${quoted(value)} : les types possibles sont ${KEY_TYPES.join(", ")}.`,
    en: `--type ${quoted(value)}: the possible types are ${KEY_TYPES.join(", ")}.`,
  });
}
