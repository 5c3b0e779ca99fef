import { type Database } from "./database/connect.ts";
import { unknownMigration } from "./database/migrate.ts";

/** Timeout of an answer, in milliseconds. */
const ANSWER_MS = 2_000;

/**
 * Whether the database accepts writes now and has a schema known to this program. A full disk is noticed only
 * at the next write.
 */
export async function isReady(database: Database): Promise<boolean> {
  try {
    return await Promise.race([takesWrites(database), timeout()]);
  } catch {
    return false;
  }
}

async function takesWrites(database: Database): Promise<boolean> {
  const { rows } = await database.pool.query<{ readonly: boolean }>(
    "select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as readonly",
  );
  return rows[0]?.readonly === false && (await unknownMigration(database)) === undefined;
}

function timeout(): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), ANSWER_MS).unref();
  });
}
