import { type Kysely, sql } from "kysely";

/** Tables of admitted starts, by start digest, of running pods, and of judged subjects. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS = [
  "alter table douane.store add column starts_known_since timestamptz not null default now()",
  `create table douane.admitted_start (
    namespace text not null,
    start text not null,
    images text not null,
    body text not null,
    admitted_at timestamptz not null,
    primary key (namespace, start, images)
  )`,
  `create table douane.running_pod (
    uid text primary key,
    namespace text not null,
    name text not null,
    workload text not null,
    reference text not null,
    node text not null,
    start text not null,
    key text,
    digests text[] not null,
    findings text[] not null,
    seen_at timestamptz not null default now()
  )`,
  `create table douane.subject (
    digest text primary key,
    namespace text not null,
    body bytea not null
  )`,
  "create index verdict_subject on douane.verdict (subject)",
  "create index running_pod_workload on douane.running_pod (namespace, workload)",
  "create index running_pod_start on douane.running_pod (namespace, start)",
  "create index running_pod_key on douane.running_pod (key)",
  "create index running_pod_digests on douane.running_pod using gin (digests)",
];
