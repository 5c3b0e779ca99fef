import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { UsageError } from "../../../contract/error.ts";
import { excerpt } from "../../../contract/shown.ts";
import type { Database } from "./connect.ts";
import { MIGRATIONS } from "./migrations/list.ts";

const OLDEST = 15;
/** Divisor of the server's version number: 170012 is version 17.12. */
const PER_MAJOR = 10_000;
/** Key of the advisory lock for migrations. */
const LOCK = 7_364_211;

/**
 * Migrates the schema of a database to the version of this program. Programs that start at the same time
 * migrate one after another (an advisory lock); an interrupted migration leaves no changes.
 *
 * @throws UsageError store-version, store-not-durable, store-newer; as databaseError()
 */
export async function migrate(database: Database): Promise<void> {
  await database.asking(async () => {
    await verifyServer(database);
    await createSchema(database);
    await verifyKnown(database);
    const migrator = new Migrator({
      db: database.tables,
      provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
      migrationTableSchema: "douane",
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  });
}

/**
 * Creates the schema unless it exists. The check comes first, since creating needs a right that the user may
 * lack.
 */
async function createSchema({ tables }: Database): Promise<void> {
  await tables.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(transaction);
    const { rows } = await sql<{
      found: boolean;
    }>`select to_regnamespace('douane') is not null as found`.execute(transaction);
    if (rows[0]?.found !== true) await sql`create schema douane`.execute(transaction);
  });
}

/**
 * Refuses a schema that a later version of douane migrated.
 *
 * @throws UsageError store-newer
 */
export async function verifyKnown(database: Database): Promise<void> {
  const unknown = await unknownMigration(database);
  if (unknown !== undefined) throw newer(database, unknown);
}

/** Name of a migration made by a later version of douane; undefined if there is none. */
export async function unknownMigration({ pool }: Database): Promise<string | undefined> {
  const table = await pool.query<{ found: boolean }>(
    "select to_regclass('douane.kysely_migration') is not null as found",
  );
  if (table.rows[0]?.found !== true) return undefined;
  const { rows } = await pool.query<{ name: string }>(
    "select name from douane.kysely_migration order by name",
  );
  return rows.find(({ name }) => !Object.hasOwn(MIGRATIONS, name))?.name;
}

async function verifyServer({ pool, where }: Database): Promise<void> {
  const { rows } = await pool.query<{ version: number; fsync: string; pages: string }>(
    `select current_setting('server_version_num')::int as version,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as pages`,
  );
  const { version, fsync, pages } = rows[0] ?? { version: 0, fsync: "", pages: "" };
  if (version < OLDEST * PER_MAJOR) throw tooOld(where, version);
  if (fsync !== "on") throw notDurable(where, "fsync");
  if (pages !== "on") throw notDurable(where, "full_page_writes");
}

function tooOld(where: string, version: number): UsageError {
  const major = Math.floor(version / PER_MAJOR);
  return new UsageError("store-version", {
    fr: `La base de données ${where} est un PostgreSQL ${major} ; il faut PostgreSQL ${OLDEST} ou plus récent.`,
    en: `The database ${where} is PostgreSQL ${major}; PostgreSQL ${OLDEST} or newer is needed.`,
  });
}

function notDurable(where: string, setting: string): UsageError {
  return new UsageError("store-not-durable", {
    fr: `La base de données ${where} a ${setting} = off : après une panne, des décisions déjà rendues pourraient manquer. Mettre ${setting} à on.`,
    en: `The database ${where} has ${setting} = off: after a crash, decisions that were answered could be missing. Set ${setting} to on.`,
  });
}

function newer({ where }: Database, name: string): UsageError {
  return new UsageError("store-newer", {
    fr: `La base de données ${where} a été migrée par une version plus récente de douane (migration ${excerpt(name)}). Mettre ce douane à jour.`,
    en: `The database ${where} was migrated by a later version of douane (migration ${excerpt(name)}). Upgrade this douane.`,
  });
}
