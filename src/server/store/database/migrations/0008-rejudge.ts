import { type Kysely, sql } from "kysely";

/** Tables by which running subjects are judged again: evidence of images, and the vulnerability data that each used. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  "alter table douane.running_pod add column subject text",
  "update douane.running_pod p set subject = v.subject from douane.verdict v where v.key = p.key",
  "create index running_pod_subject on douane.running_pod (subject)",
  `create table douane.image_evidence (
    key text primary key,
    digest text not null,
    version text not null,
    body bytea not null,
    collected_at timestamptz not null default now()
  )`,
  // The body is compressed already.
  "alter table douane.image_evidence alter column body set storage external",
  "create index image_evidence_digest on douane.image_evidence (digest)",
  `create table douane.data_answer (
    id integer generated always as identity primary key,
    hash bytea not null unique,
    query text not null,
    answer bytea not null
  )`,
  `create table douane.image_answers (
    digest text primary key,
    answers integer[] not null,
    judged_at timestamptz not null default now()
  )`,
  "create index image_answers_answers on douane.image_answers using gin (answers)",
];
