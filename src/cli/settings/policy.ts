import { z } from "zod";
import type { Acceptance } from "../../contract/verdict.ts";
import type { SettingsKind } from "./validate.ts";

const day = z
  .string()
  .refine(isDay, { error: "une date AAAA-MM-JJ | a date YYYY-MM-DD" })
  .meta({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

const acceptance = z.strictObject({
  fingerprint: z
    .string()
    .min(1)
    .meta({ description: "Of the one finding that is false, as reports show it." }),
  reason: z.string().min(1).meta({ description: "Why it is false; it stands in every report." }),
  author: z.string().min(1).meta({ description: "Who answers for it." }),
  expires: day.meta({ description: "YYYY-MM-DD, the last day on which it counts (UTC)." }),
}) satisfies z.ZodType<Acceptance>;

/** The platform's policy (`--policy`): what no team may set itself. */
export const policySchema = z
  .strictObject({
    acceptedFindings: z.array(acceptance).exactOptional().meta({
      description: "False findings that do not count; there is no way to waive a true one.",
    }),
    enforceFuture: z.boolean().exactOptional().meta({
      description: "Whether the contract's future requirements decide on admission, too.",
    }),
  })
  .meta({ title: "Platform policy", description: "Settings of the platform, passed with --policy." });

export type Policy = z.infer<typeof policySchema>;

export const POLICY: SettingsKind<Policy> = {
  schema: policySchema,
  keys: {
    "": Object.keys(policySchema.shape),
    acceptedFindings: Object.keys(acceptance.shape),
  },
};

/** A day that exists: Date would take the 31st of February for the 3rd of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
