import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { ATTEST_FLAGS } from "../attest/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";

const { key, insecureRegistry, caFile } = ATTEST_FLAGS;

export const NOTARY_FLAGS = {
  policy: {
    env: true,
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "politique de la plateforme, dont la section notary dit à qui faire confiance et qui peut déclarer quoi",
      en: "the platform's policy, whose section notary says whom to trust and who may state what",
    },
  },
  key,
  port: {
    value: { fr: "PORT", en: "PORT" },
    parse: parsePort,
    help: {
      fr: "port de 127.0.0.1 (par défaut 8710 ; 0 en prend un libre)",
      en: "port of 127.0.0.1 (default: 8710; 0 takes a free one)",
    },
  },
  usedTokens: {
    value: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "noter les jetons utilisés dans ce répertoire, que les répliques du notaire partagent et qui survit à un redémarrage (par défaut en mémoire : une seule instance)",
      en: "record used tokens in this folder, which replicas of the notary share and which outlives a restart (default: in memory, for one instance)",
    },
  },
  insecureRegistry,
  caFile,
} as const satisfies Flags;

export type NotaryValues = Values<typeof NOTARY_FLAGS>;

function parsePort(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new UsageError("port-invalid", {
    fr: `--port ${quoted(value)} : un port est un nombre de 0 à 65535.`,
    en: `--port ${quoted(value)}: a port is a number from 0 to 65535.`,
  });
}
