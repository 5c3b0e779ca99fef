import { TRIAL_WORK } from "../examine/trial-work.ts";
import type { Tables } from "./database/schema.ts";
import { judgedByDigest } from "./examinations/queue-rows.ts";

type Right = "select" | "insert" | "update" | "delete";
/** Names of the tables, without their schema; the last ones are read and written by SQL alone. */
type Table =
  | (keyof Tables extends `douane.${infer Name}` ? Name : never)
  | "examination"
  | "image_evidence"
  | "data_answer"
  | "image_answers"
  | "reported_verdict"
  | "notice"
  | "grace_period";

const READ: readonly Right[] = ["select"];
const APPEND: readonly Right[] = ["select", "insert"];
const WRITE: readonly Right[] = ["select", "insert", "update"];
const ALL: readonly Right[] = ["select", "insert", "update", "delete"];
/** The watcher removes what nothing uses. */
const CLEAN: readonly Right[] = ["select", "delete"];

/**
 * Rights of each role of `douane serve` in the database: no more than its work needs. A trial runs hostile code; whoever
 * takes over its process can write neither verdicts nor releases. An examiner reads hostile images, and writes verdicts.
 * `auditor` is whoever runs `douane audit verify` and `export`.
 */
export const DATABASE_ROLES: Readonly<Record<string, Readonly<Partial<Record<Table, readonly Right[]>>>>> = {
  admission: {
    store: READ,
    document: APPEND,
    verdict: READ,
    verdict_image: READ,
    examination: WRITE,
    admitted_start: WRITE,
    workload: WRITE,
    subject: APPEND,
    release: APPEND,
    grace_period: READ,
    audit_entry: APPEND,
    audit_head: APPEND,
  },
  examiner: {
    store: READ,
    document: APPEND,
    verdict: WRITE,
    verdict_image: ALL,
    examination: ALL,
    evidence: READ,
    image_evidence: WRITE,
    data_answer: APPEND,
    image_answers: WRITE,
  },
  watcher: {
    store: READ,
    document: APPEND,
    verdict: CLEAN,
    verdict_image: READ,
    subject: CLEAN,
    workload: CLEAN,
    admitted_start: CLEAN,
    running_pod: ALL,
    reported_verdict: ALL,
    notice: ALL,
    grace_period: ALL,
    examination: ALL,
    evidence: CLEAN,
    image_evidence: CLEAN,
    data_answer: CLEAN,
    image_answers: CLEAN,
    audit_entry: APPEND,
    audit_head: APPEND,
  },
  trial: {
    store: READ,
    examination: ["select", "update", "delete"],
    evidence: WRITE,
  },
  auditor: {
    store: READ,
    document: READ,
    audit_entry: READ,
    audit_head: READ,
  },
};

/** Tables in which every process looks up the migrations that were made. */
const MIGRATIONS = ["kysely_migration", "kysely_migration_lock"];

/** SQL that gives each role its rights, to be run by the owner of the tables; it can be run again. */
export function databaseRolesSql(): string {
  const names = Object.keys(DATABASE_ROLES).map(roleName);
  const others = names.filter((name) => !["trial", "auditor"].map(roleName).includes(name));
  const trials = `judged_by = '${judgedByDigest(TRIAL_WORK)}'`;
  return [
    "-- Rights of the roles of `douane serve` in its database. Generated from src/server/store/database-roles.ts.",
    "-- Run by the owner of the schema douane (with CREATEROLE the first time), after `douane serve --migrate`:",
    "--   psql --single-transaction --set ON_ERROR_STOP=1 --file database-roles.sql",
    "-- then: create role … login; grant douane_trial to …;",
    "",
    ...names.map(
      (name) =>
        `do $$ begin if not exists (select from pg_roles where rolname = '${name}') then create role ${name} nologin; end if; end $$;`,
    ),
    "",
    `revoke all on all tables in schema douane from ${names.join(", ")};`,
    `grant usage on schema douane to ${names.join(", ")};`,
    `grant select on ${MIGRATIONS.map((table) => `douane.${table}`).join(", ")} to ${names.join(", ")};`,
    ...Object.entries(DATABASE_ROLES).flatMap(([role, tables]) => [
      "",
      ...Object.entries(tables).map(
        ([table, rights]) => `grant ${rights.join(", ")} on douane.${table} to ${roleName(role)};`,
      ),
    ]),
    "",
    "-- Trials and examinations wait in one table: a trial sees and changes trials alone.",
    "alter table douane.examination enable row level security;",
    "drop policy if exists examinations on douane.examination;",
    `create policy examinations on douane.examination to ${others.join(", ")} using (true) with check (true);`,
    "drop policy if exists trials on douane.examination;",
    `create policy trials on douane.examination to ${roleName("trial")} using (${trials}) with check (${trials});`,
    "",
  ].join("\n");
}

function roleName(role: string): string {
  return `douane_${role}`;
}
