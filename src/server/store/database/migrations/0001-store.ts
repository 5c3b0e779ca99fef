import { type Kysely, sql } from "kysely";

/** Tables of images' evidence, of verdicts, and of the verdicts' workloads. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const DIGEST = "check (digest ~ '^sha256:[0-9a-f]{64}$')";

const STATEMENTS = [
  "create table douane.store (id uuid primary key default gen_random_uuid())",
  "insert into douane.store default values",
  `create table douane.document (
    digest text primary key ${DIGEST},
    kind text not null,
    body text not null,
    kept_at timestamptz not null default now()
  )`,
  `create table douane.evidence (
    digest text not null ${DIGEST},
    kind text not null,
    douane text not null,
    body text not null,
    collected_at timestamptz not null,
    primary key (digest, kind)
  )`,
  `create table douane.verdict (
    key text primary key,
    subject text not null,
    policy text not null,
    rules text not null,
    data text,
    judged_at timestamptz not null,
    admitted text not null,
    body text not null
  )`,
  "create index verdict_judged_at on douane.verdict (judged_at)",
  `create table douane.verdict_image (
    digest text not null,
    key text not null references douane.verdict on delete cascade,
    primary key (digest, key)
  )`,
  "create index verdict_image_key on douane.verdict_image (key)",
  `create table douane.workload (
    namespace text not null,
    workload text not null,
    key text not null,
    seen_at timestamptz not null,
    primary key (namespace, workload)
  )`,
  "create index workload_key on douane.workload (key)",
];
