import type { z } from "zod";
import type { Text } from "../../contract/text.ts";

export interface SchemaEntry {
  readonly name: string;
  readonly about: Text;
  /** The JSON Schema (draft 2020-12). */
  load(): Promise<object>;
}

/** Every file format that other programs or people write or read. */
export const SCHEMAS: readonly SchemaEntry[] = [
  {
    name: "report",
    about: { fr: "le rapport de --format json", en: "the report of --format json" },
    load: async () => (await import("../../report/json-schema.ts")).reportJsonSchema(),
  },
  {
    name: "evidence",
    about: { fr: "les preuves de --save-evidence", en: "the evidence of --save-evidence" },
    load: async () => toJsonSchema((await import("../../evidence/file.ts")).evidenceFileSchema),
  },
  {
    name: "config",
    about: { fr: "douane.yaml, les réglages d'une équipe", en: "douane.yaml, a team's settings" },
    load: async () => toJsonSchema((await import("../settings/team.ts")).teamSettingsSchema),
  },
  {
    name: "policy",
    about: { fr: "la politique de la plateforme (--policy)", en: "the platform's policy (--policy)" },
    load: async () => toJsonSchema((await import("../../policy/policy.ts")).policySchema),
  },
];

async function toJsonSchema(schema: z.core.$ZodType): Promise<object> {
  return (await import("./to-json-schema.ts")).toJsonSchema(schema);
}
