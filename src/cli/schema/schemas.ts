import type { z } from "zod";
import type { Lang, Text } from "../../contract/text.ts";

export interface SchemaEntry {
  readonly name: string;
  readonly about: Text;
  /**
   * Loads the JSON Schema (draft 2020-12). Descriptions are in the reader's language for files written by
   * people, and in English for files written by programs.
   */
  load(lang: Lang): Promise<object>;
}

/** Schemas of all file formats that other programs or people read or write. */
export const SCHEMAS: readonly SchemaEntry[] = [
  {
    name: "report",
    about: { fr: "le rapport de --format json", en: "the report of --format json" },
    load: async () => (await import("../../verdicts/report-schema.ts")).reportJsonSchema(),
  },
  {
    name: "evidence",
    about: { fr: "les preuves de --save-evidence", en: "the evidence of --save-evidence" },
    load: async (lang) => toJsonSchema((await import("../../evidence/file.ts")).evidenceFileSchema, lang),
  },
  {
    name: "config",
    about: { fr: "douane.yaml, les réglages d'une équipe", en: "douane.yaml, a team's settings" },
    load: async (lang) => toJsonSchema((await import("../settings/team.ts")).teamSettingsSchema, lang),
  },
  {
    name: "policy",
    about: { fr: "la politique de la plateforme (--policy)", en: "the platform's policy (--policy)" },
    load: async (lang) => toJsonSchema((await import("../../policy/policy.ts")).policySchema, lang),
  },
  {
    name: "sbom-diff",
    about: { fr: "la différence de douane sbom diff", en: "the difference of `douane sbom diff`" },
    load: async (lang) => toJsonSchema((await import("../sbom/diff-schema.ts")).sbomDiffSchema, lang),
  },
  {
    name: "server-check",
    about: {
      fr: "le rapport JSON de douane check --server",
      en: "the JSON report of `douane check --server`",
    },
    load: async (lang) =>
      toJsonSchema((await import("../check/server-check-schema.ts")).serverCheckSchema, lang),
  },
];

async function toJsonSchema(schema: z.core.$ZodType, lang: Lang): Promise<object> {
  return (await import("./to-json-schema.ts")).toJsonSchema(schema, lang);
}
