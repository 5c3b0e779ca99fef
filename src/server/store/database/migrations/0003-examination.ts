import { type Kysely, sql } from "kysely";

/** Queue of requested examinations, shared by all replicas. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  `create table douane.examination (
    key text primary key,
    judged_by text not null,
    namespace text not null,
    subject text not null,
    bytes int not null,
    is_again boolean not null,
    turn bigint not null,
    asked_at timestamptz not null default now(),
    attempts int not null default 0,
    examiner uuid,
    lease_until timestamptz,
    ended_at timestamptz,
    examined text
  )`,
  `create index examination_turn on douane.examination (judged_by, is_again, turn, asked_at)
    where ended_at is null`,
  "create index examination_namespace on douane.examination (namespace, turn) where ended_at is null",
];
