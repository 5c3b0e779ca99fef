import { sha256 } from "../../../contract/digest.ts";
import type { Digest } from "../../../contract/image-facts.ts";
import type { Fields } from "../../../json/fields.ts";
import type { Examined } from "../../examine/examinations.ts";
import type { Database } from "../database/connect.ts";
import { ENDED } from "./queue-rows.ts";

/**
 * Milliseconds of a lease, by the database's clock. After a crash of an examiner, other examiners take its
 * examinations once their leases have ended.
 */
const LEASE_MS = 15_000;
/** Milliseconds after which a lease is renewed; two renewals may fail. */
export const RENEW_MS = 5_000;
/**
 * Maximum number of examiners that may end during the examination of one subject; then the subject is assumed
 * to be the cause.
 */
const MOST_ATTEMPTS = 5;

/** Examination taken from the queue. */
export interface Taken {
  readonly id: string;
  /** Judged form of the subject, and its digest. */
  readonly object: Fields;
  readonly digest: Digest;
  readonly askedAt: Date;
  /** Whether an earlier examiner ended without finishing this examination. */
  readonly isTakenOver: boolean;
  /** Whether too many examiners ended during this examination. */
  readonly isGivenUp: boolean;
}

/**
 * Takes the next examination whose verdict depends on these documents; undefined if none is waiting.
 *
 * @throws as databaseError()
 */
export async function take(
  { pool, asking }: Database,
  examiner: string,
  judgedBy: string,
): Promise<Taken | undefined> {
  const { rows } = await asking(() =>
    pool.query<{ key: string; subject: string; asked_at: Date; attempts: number }>({
      name: "take",
      text: `update douane.examination
        set examiner = $1, lease_until = now() + $3::int * interval '1 ms', attempts = attempts + 1
        where key = (select key from douane.examination
          where judged_by = $2 and ended_at is null and (lease_until is null or lease_until < now())
          order by is_again, turn, asked_at limit 1 for update skip locked)
        returning key, subject, asked_at, attempts`,
      values: [examiner, judgedBy, LEASE_MS],
    }),
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    id: row.key,
    object: JSON.parse(row.subject) as Fields,
    digest: sha256(row.subject),
    askedAt: row.asked_at,
    isTakenOver: row.attempts > 1,
    isGivenUp: row.attempts > MOST_ATTEMPTS,
  };
}

/**
 * Renews the leases of an examiner.
 *
 * @returns keys of the leases still held; other examiners have taken the rest
 * @throws as databaseError()
 */
export async function renew(
  { pool, asking }: Database,
  examiner: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await asking(() =>
    pool.query<{ key: string }>({
      name: "renew",
      text: `update douane.examination set lease_until = now() + $3::int * interval '1 ms'
        where examiner = $1 and key = any($2) returning key`,
      values: [examiner, ids, LEASE_MS],
    }),
  );
  return new Set(rows.map(({ key }) => key));
}

/**
 * Ends an examination. With a complete verdict, already stored, the row is deleted; otherwise the incomplete
 * result stays in the row for repeated requests.
 *
 * @throws as databaseError()
 */
export async function finish(
  { pool, asking }: Database,
  examiner: string,
  id: string,
  incomplete?: Examined,
): Promise<void> {
  const ended =
    incomplete === undefined
      ? "delete from douane.examination where key = $1 and examiner = $2 returning key"
      : `update douane.examination set ended_at = now(), examined = $3, subject = '', bytes = 0, lease_until = null
          where key = $1 and examiner = $2 returning key`;
  await asking(() =>
    pool.query({
      text: `with ended as (${ended}) select pg_notify('${ENDED}', key) from ended`,
      values: [id, examiner, ...(incomplete === undefined ? [] : [JSON.stringify(incomplete)])],
    }),
  );
}

/**
 * Returns the unfinished examinations of an examiner that stops, so that others take them at once.
 *
 * @throws as databaseError()
 */
export async function giveBack({ pool, asking }: Database, examiner: string): Promise<void> {
  await asking(() =>
    pool.query(
      `update douane.examination set examiner = null, lease_until = null, attempts = greatest(attempts - 1, 0)
        where examiner = $1 and ended_at is null`,
      [examiner],
    ),
  );
}
