import { createHash } from "node:crypto";
import { sql } from "kysely";
import { canonicalJson } from "../../../json/canonical-json.ts";
import { LATER_MS, type StoredVerdict, type VerdictKey } from "../../ports.ts";
import type { Database } from "../database/connect.ts";

/** Digests by key, cached: the key of a known verdict is in thousands of decisions. */
const DIGESTS = new WeakMap<VerdictKey, string>();

/** SHA-256 of a verdict's key, in hexadecimal. */
export function keyDigest(key: VerdictKey): string {
  const known = DIGESTS.get(key);
  if (known !== undefined) return known;
  const { subject, policy, rules, data } = key;
  const digest = createHash("sha256").update(canonicalJson({ subject, policy, rules, data })).digest("hex");
  DIGESTS.set(key, digest);
  return digest;
}

/**
 * Newest verdict stored under this key.
 *
 * @throws as databaseError()
 */
export async function readVerdict(database: Database, key: VerdictKey): Promise<StoredVerdict | undefined> {
  const { rows } = await database.asking(() =>
    database.pool.query<{ body: string }>({
      name: "verdict",
      text: "select body from douane.verdict where key = $1",
      values: [keyDigest(key)],
    }),
  );
  // The text was written by douane, and PostgreSQL returns it byte for byte.
  return rows[0] === undefined ? undefined : (JSON.parse(rows[0].body) as StoredVerdict);
}

/**
 * Newest verdict on the subject by the same policy and rules and by other data, whichever process made it.
 *
 * @throws as databaseError()
 */
export async function readVerdictByOtherData(
  { pool, asking }: Database,
  { subject, policy, rules, data }: VerdictKey,
): Promise<StoredVerdict | undefined> {
  const { rows } = await asking(() =>
    pool.query<{ body: string }>({
      name: "verdict-by-other-data",
      text: `select body from douane.verdict where subject = $1 and policy = $2 and rules = $3
        and data is distinct from $4 order by judged_at desc limit 1`,
      values: [subject, policy, rules, data ?? null],
    }),
  );
  return rows[0] === undefined ? undefined : (JSON.parse(rows[0].body) as StoredVerdict);
}

/**
 * Stores a verdict, unless a newer verdict is stored under its key. One that is later by more than an examination takes
 * was made by a process with a wrong clock, and is replaced.
 */
export async function writeVerdict({ tables, asking }: Database, kept: StoredVerdict): Promise<void> {
  const { key, judgedAt, verdict, images } = kept;
  const id = keyDigest(key);
  const row = { judged_at: new Date(judgedAt), admitted: verdict.admitted, body: JSON.stringify(kept) };
  const { subject, policy, rules, data = null } = key;
  await asking(() =>
    tables.transaction().execute(async (transaction) => {
      const written = await transaction
        .insertInto("douane.verdict")
        .values({ key: id, subject, policy, rules, data, ...row })
        .onConflict((conflict) =>
          conflict
            .column("key")
            .doUpdateSet(row)
            .where(
              sql<boolean>`not douane.verdict.judged_at between excluded.judged_at + interval '1 ms'
                and excluded.judged_at + ${LATER_MS} * interval '1 ms'`,
            ),
        )
        .returning("key")
        .executeTakeFirst();
      const digests = [...new Set(images.flatMap(({ digest }) => digest ?? []))];
      if (written === undefined || digests.length === 0) return;
      await transaction.deleteFrom("douane.verdict_image").where("key", "=", id).execute();
      const rows = digests.map((digest) => ({ digest, key: id }));
      await transaction.insertInto("douane.verdict_image").values(rows).execute();
    }),
  );
}
