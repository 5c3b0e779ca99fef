import { type Kysely, sql } from "kysely";

/** Table of the grace periods of running subjects that new data or rules refuse. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  `create table douane.grace_period (
    namespace text not null,
    subject text not null,
    until timestamptz not null,
    body text not null,
    primary key (namespace, subject)
  )`,
  "create index grace_period_until on douane.grace_period (until)",
];
