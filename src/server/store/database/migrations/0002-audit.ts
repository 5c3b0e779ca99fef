import { type Kysely, sql } from "kysely";

/**
 * The audit log. Entries are chained in the database itself, so that replicas that write at the same time
 * make a single chain. The hash of an entry is that of src/server/audit/hash-chain.ts.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

/** Key of the lock under which entries are appended: "douane" in ASCII. */
const LOCK = "110429839519333";

const STATEMENTS = [
  `create table douane.audit_entry (
    sequence bigint primary key,
    previous bytea not null,
    hash bytea not null,
    at text not null,
    namespace text not null,
    entry text not null
  )`,
  "create index audit_entry_namespace on douane.audit_entry (namespace, at)",
  `create table douane.audit_head (
    sequence bigint not null,
    signed_at timestamptz not null,
    envelope text not null
  )`,
  "create index audit_head_sequence on douane.audit_head (sequence)",
  `create function douane.append_entries(entries text[], times text[], namespaces text[]) returns bigint
  language plpgsql as $$
  declare
    place bigint;
    before bytea;
    own bytea;
  begin
    -- A server may be set to answer before a commit is on disk.
    if current_setting('synchronous_commit') = 'off' then
      perform set_config('synchronous_commit', 'on', true);
    end if;
    perform pg_advisory_xact_lock(${LOCK});
    select sequence, hash into place, before from douane.audit_entry order by sequence desc limit 1;
    place := coalesce(place, 0);
    before := coalesce(before, decode(repeat('00', 32), 'hex'));
    for i in 1 .. cardinality(entries) loop
      place := place + 1;
      own := sha256(convert_to(
        '{"digest":"' || encode(sha256(convert_to(entries[i], 'UTF8')), 'hex')
        || '","previous":"' || encode(before, 'hex') || '","sequence":' || place || '}', 'UTF8'));
      insert into douane.audit_entry values (place, before, own, times[i], namespaces[i], entries[i]);
      before := own;
    end loop;
    return place;
  end $$`,
  `create function douane.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'the audit log is append-only: % of %.% is refused', tg_op, tg_table_schema, tg_table_name
      using errcode = 'insufficient_privilege';
  end $$`,
  ...["audit_entry", "audit_head"].flatMap((table) => [
    `create trigger append_only before update or delete or truncate on douane.${table}
      for each statement execute function douane.refuse_change()`,
    `revoke update, delete, truncate on douane.${table} from public, current_user`,
  ]),
];
