import type { Digest } from "../../contract/image-facts.ts";
import type { Database } from "./database/connect.ts";

/** Evidence about an image, in the format of `--save-evidence`. */
export interface KeptEvidence {
  /** Digest of the image's manifest. */
  readonly digest: Digest;
  readonly kind: string;
  /** Version of douane that collected the evidence. */
  readonly douane: string;
  /** Time of collection, ISO 8601. */
  readonly collectedAt: string;
  /** Evidence as JSON. */
  readonly body: string;
}

/** Stores evidence, replacing evidence of the same kind about this image. */
export async function keepEvidence({ tables, asking }: Database, kept: KeptEvidence): Promise<void> {
  const { digest, kind, douane, collectedAt, body } = kept;
  const row = { douane, body, collected_at: new Date(collectedAt) };
  await asking(() =>
    tables
      .insertInto("douane.evidence")
      .values({ digest, kind, ...row })
      .onConflict((conflict) => conflict.columns(["digest", "kind"]).doUpdateSet(row))
      .execute(),
  );
}

/** Evidence of all kinds about an image. @throws as databaseError() */
export async function readEvidence(
  { tables, asking }: Database,
  digest: Digest,
): Promise<readonly KeptEvidence[]> {
  const rows = await asking(() =>
    tables
      .selectFrom("douane.evidence")
      .select(["kind", "douane", "body", "collected_at"])
      .where("digest", "=", digest)
      .orderBy("kind")
      .execute(),
  );
  return rows.map(({ kind, douane, body, collected_at }) => ({
    digest,
    kind,
    douane,
    body,
    collectedAt: collected_at.toISOString(),
  }));
}
