import { type Kysely, sql } from "kysely";

/** Releases of images that could not be examined; each has an entry in the audit log. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  `create table douane.release (
    id uuid primary key,
    namespace text not null,
    until timestamptz not null,
    body text not null
  )`,
  "create index release_namespace on douane.release (namespace, until)",
];
