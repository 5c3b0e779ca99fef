import type { Envelope } from "../../attest/dsse/envelope.ts";
import { formatEnvelope } from "../../attest/dsse/envelope.ts";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { GENESIS } from "../audit/hash-chain.ts";
import { type AuditHead, signHead } from "../audit/head.ts";
import type { StoredEntry } from "../audit/verify-chain.ts";
import type { Database } from "./database/connect.ts";

/** Number of entries of one query. */
const PAGE = 500;

interface Row {
  readonly sequence: string;
  readonly previous: string;
  readonly hash: string;
  readonly at: string;
  readonly namespace: string;
  readonly entry: string;
}

/**
 * Entries from sequence `from` to `to`, both included, in order.
 *
 * @throws as databaseError()
 */
export async function* entriesOf(
  { pool, asking }: Database,
  from = 1,
  to = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<StoredEntry> {
  // Entries below sequence 1, which douane never writes, are read as well, so that a verification finds them.
  let after = from <= 1 ? "-9223372036854775808" : String(from - 1);
  for (;;) {
    const { rows } = await asking(() =>
      pool.query<Row>(
        `select sequence, encode(previous, 'hex') as previous, encode(hash, 'hex') as hash, at, namespace, entry
          from douane.audit_entry where sequence > $1 and sequence <= $2 order by sequence limit $3`,
        [after, to, PAGE],
      ),
    );
    for (const row of rows) yield { ...row, sequence: Number(row.sequence) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.sequence;
  }
}

/**
 * Current state of the log, unsigned.
 *
 * @throws as databaseError()
 */
export async function currentHead({ pool, asking }: Database, now: Date): Promise<AuditHead> {
  const { rows } = await asking(() =>
    pool.query<{ log: string; sequence: string | null; hash: string | null }>(
      `select id as log, sequence, encode(hash, 'hex') as hash from douane.store left join
        (select sequence, hash from douane.audit_entry order by sequence desc limit 1) last on true`,
    ),
  );
  const [row] = rows;
  const { log, sequence, hash } = row ?? { log: "", sequence: null, hash: null };
  return { log, sequence: Number(sequence ?? 0), hash: hash ?? GENESIS, at: now.toISOString() };
}

/**
 * Signs the state of the log. The head is also stored in the database, where it ends exports; but it protects
 * earlier entries only from a copy elsewhere, which the owner of the database cannot change.
 *
 * @throws as databaseError(); as SigningKey.sign()
 */
export async function emitHead(database: Database, key: SigningKey, now: Date): Promise<Envelope> {
  const head = await currentHead(database, now);
  const envelope = await signHead(head, key);
  await database.asking(() =>
    database.pool.query("insert into douane.audit_head (sequence, signed_at, envelope) values ($1, $2, $3)", [
      head.sequence,
      head.at,
      formatEnvelope(envelope),
    ]),
  );
  return envelope;
}

/**
 * Envelope of the first head that covers an entry; undefined if no head was signed since.
 *
 * @throws as databaseError()
 */
export async function headFrom({ pool, asking }: Database, sequence: number): Promise<string | undefined> {
  const { rows } = await asking(() =>
    pool.query<{ envelope: string }>(
      "select envelope from douane.audit_head where sequence >= $1 order by sequence, signed_at limit 1",
      [sequence],
    ),
  );
  return rows[0]?.envelope;
}
