import type { Flags } from "./command.ts";

/** Flags of every command that connects to registries. */
export const CONNECTION_FLAGS = {
  insecureRegistry: {
    env: true,
    value: { fr: "HÔTE[:PORT]", en: "HOST[:PORT]" },
    many: true,
    help: {
      fr: "registre à joindre en HTTP ou sans vérifier son certificat, répétable",
      en: "registry to reach over HTTP or without verifying its certificate, repeatable",
    },
  },
  caFile: {
    env: true,
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "autorités de certification à accepter en plus, au format PEM",
      en: "certificate authorities to accept besides the usual ones, PEM",
    },
  },
} as const satisfies Flags;
