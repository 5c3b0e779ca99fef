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
} as const satisfies Flags;

export type VulnsValues = Values<typeof VULNS_FLAGS>;
