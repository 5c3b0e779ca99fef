import { z } from "zod";
import { exactly } from "../contract/exactly.ts";
import { ORIGINS } from "../contract/origin.ts";
import type { Acceptance } from "../contract/verdict.ts";

const day = z
  .string()
  .refine(isDay, { error: "une date AAAA-MM-JJ | a date YYYY-MM-DD" })
  .meta({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

const accepted = z.strictObject({
  fingerprint: z
    .string()
    .min(1)
    .meta({ description: "Of the one finding that is false, as reports show it." }),
  reason: z.string().min(1).meta({ description: "Why it is false; it stands in every report." }),
  author: z.string().min(1).meta({ description: "Who answers for it." }),
  expires: day.meta({ description: "YYYY-MM-DD, the last day on which it counts (UTC)." }),
});

const acceptance = exactly<Acceptance>()(accepted);

/** What no team may set itself. */
export const policySchema = z
  .strictObject({
    acceptedFindings: z.array(acceptance).exactOptional().meta({
      description: "False findings that do not count; there is no way to waive a true one.",
    }),
    enforceFuture: z.boolean().exactOptional().meta({
      description: "Whether the contract's future requirements decide on admission, too.",
    }),
    evidenceFrom: z.array(z.enum(ORIGINS)).exactOptional().meta({
      description:
        "Where evidence may come from that counts: own-run (what this run gathers itself always does), handed-in (a file, unsigned), signed. Default: from anywhere.",
    }),
  })
  .meta({ title: "Platform policy", description: "Settings of the platform, passed with --policy." });

/** The platform's policy. Empty: nothing is accepted, evidence counts wherever it comes from. */
export type Policy = z.infer<typeof policySchema>;

/** Its keys by path, `""` for the top: for suggestions. */
export const POLICY_KEYS = {
  "": Object.keys(policySchema.shape),
  acceptedFindings: Object.keys(acceptance.shape),
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A day that exists: Date would take the 31st of February for the 3rd of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
