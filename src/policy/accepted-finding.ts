import { z } from "zod";
import { exactly } from "../contract/exactly.ts";
import { described, i18nMeta, optional } from "../contract/i18n-meta.ts";
import type { Acceptance } from "../contract/verdict.ts";
import { policyDigestSchema, repositorySchema } from "./image-schemas.ts";

/** A date that exists, `YYYY-MM-DD`. */
export const daySchema = z
  .string()
  .refine(isDay, { error: "une date AAAA-MM-JJ | a date YYYY-MM-DD" })
  .meta({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

const workload = z.strictObject({
  namespace: z.string().min(1),
  kind: described(z.string().min(1), { fr: "Deployment, CronJob…", en: "Deployment, CronJob…" }),
  name: z.string().min(1),
});

const SCOPES = ["repository", "digest", "workload"] as const;

const accepted = z
  .strictObject({
    fingerprint: described(z.string().min(1), {
      fr: "Du seul constat qui est faux, telle que les rapports la montrent.",
      en: "Of the one finding that is false, as reports show it.",
    }),
    repository: optional(repositorySchema, {
      fr: "Les images de ce dépôt : registry.example/equipe/portail.",
      en: "The images of this repository: registry.example/team/portal.",
    }),
    digest: optional(policyDigestSchema, {
      fr: "Cette image : l'empreinte de son manifeste, de son index ou de sa configuration (l'identifiant de l'image).",
      en: "This image: the digest of its manifest, of its index or of its config (the image id).",
    }),
    workload: optional(workload, { fr: "Ce workload.", en: "This workload." }),
    reason: described(z.string().min(1), {
      fr: "Pourquoi il est faux ; figure dans chaque rapport.",
      en: "Why it is false; it stands in every report.",
    }),
    author: described(z.string().min(1), { fr: "Qui en répond.", en: "Who answers for it." }),
    expires: described(daySchema, {
      fr: "AAAA-MM-JJ, le dernier jour où il compte (UTC).",
      en: "YYYY-MM-DD, the last day on which it counts (UTC).",
    }),
  })
  .refine((entry) => SCOPES.some((key) => entry[key] !== undefined), {
    error:
      "lié à un dépôt d'images (repository), à une empreinte (digest) ou à un workload (le même identifiant désigne la même faute dans toute image : une entrée sans portée l'admettrait partout) | bound to an image repository, a digest or a workload (the same fingerprint stands for the same mistake in every image: an entry without a scope would accept it everywhere)",
  })
  .meta({
    ...i18nMeta({
      fr: "Chaque portée donnée doit convenir ; une au moins doit être donnée.",
      en: "Every scope that is given must fit; one at least must be given.",
    }),
    anyOf: SCOPES.map((key) => ({ required: [key] })),
  });

/** A finding that the platform accepts as false, and where. */
export const acceptedFindingSchema = exactly<Acceptance>()(accepted);

/** Keys of an entry, for suggestions in messages. */
export const ACCEPTED_FINDING_KEYS = {
  acceptedFindings: Object.keys(accepted.shape),
  "acceptedFindings.workload": Object.keys(workload.shape),
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Whether a date exists: Date would read the 31st of February as the 3rd of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
