import { type Kysely, sql } from "kysely";

/** Tables of what was reported about running subjects, so that a restart and another replica report nothing twice. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  `create table douane.reported_verdict (
    subject text primary key,
    judged_at timestamptz not null,
    body text not null
  )`,
  `create table douane.notice (
    id text primary key,
    given_at timestamptz not null default now()
  )`,
];
