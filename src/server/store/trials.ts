import type { KeptTrial, TrialStore } from "../ports.ts";
import type { Database } from "./database/connect.ts";

/** Trials among the evidence about images, by the subject that ran. */
export function storedTrials({ tables, asking }: Database, douane: string): TrialStore {
  const kindOf = (subject: string) => `trial/${subject}`;
  return {
    async keepTrial({ image, subject, envelope, at }: KeptTrial) {
      const row = { douane, body: envelope, collected_at: new Date(at) };
      await asking(() =>
        tables
          .insertInto("douane.evidence")
          .values({ digest: image, kind: kindOf(subject), ...row })
          .onConflict((conflict) => conflict.columns(["digest", "kind"]).doUpdateSet(row))
          .execute(),
      );
    },
    async trialOf(image, subject) {
      const row = await asking(() =>
        tables
          .selectFrom("douane.evidence")
          .select("body")
          .where("digest", "=", image)
          .where("kind", "=", kindOf(subject))
          .executeTakeFirst(),
      );
      return row?.body;
    },
  };
}
