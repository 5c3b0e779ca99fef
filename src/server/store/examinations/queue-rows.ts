import { createHash } from "node:crypto";
import { canonicalJson } from "../../../json/canonical-json.ts";
import { searchable } from "../../audit/entry.ts";
import {
  type ExaminationRequest,
  type Examined,
  PROBLEM_MS,
  type QueueState,
} from "../../examine/examinations.ts";
import { TRIAL_WORK } from "../../examine/trial-work.ts";
import type { JudgingDigests, VerdictKey } from "../../ports.ts";
import type { Database } from "../database/connect.ts";
import { keyDigest } from "../verdicts/verdict-rows.ts";

/**
 * Channels of PostgreSQL's NOTIFY: for a requested examination, with the digest of its documents, and for an
 * ended examination, with its key.
 */
export const ASKED = "douane_asked";
export const ENDED = "douane_ended";

/** Limits of the queue, for all replicas together. */
const BOUNDS = {
  /** Maximum number of waiting examinations of one namespace, and of all. */
  ofNamespace: 10_000,
  ofAll: 50_000,
  /**
   * Maximum bytes of waiting subjects: anybody who may create pods could otherwise fill the database's disk.
   */
  bytes: 1024 ** 3,
} as const;

/** Milliseconds after which a subject that its trial left unproven is tried again. */
const TRIED_MS = 10 * 60_000;

/** State of a request in the queue. */
export type Place =
  | { readonly kind: "waits" | "full" }
  | { readonly kind: "ended"; readonly examined: Examined };

/**
 * SHA-256 of the digests of policy, rules and data; an examiner only takes examinations with its own
 * documents.
 */
export function judgedByDigest({ policy, rules, data }: Omit<VerdictKey, "subject">): string {
  return createHash("sha256").update(canonicalJson({ policy, rules, data })).digest("hex");
}

const TRIALS = judgedByDigest(TRIAL_WORK);

/**
 * Queues an examination unless it is queued. Its turn is the namespace's last turn plus one, but at least the
 * current turn: the first examination of a namespace waits for at most one examination of each other
 * namespace. Trials, which may have no worker, fill limits of their own.
 *
 * @throws as databaseError()
 */
export async function enqueue(database: Database, request: ExaminationRequest): Promise<Place> {
  const { subject, key, namespace, isAgain, seen = "-infinity" } = request;
  const body = JSON.stringify(subject.object);
  const id = keyDigest(key);
  const judgedBy = judgedByDigest(key);
  return database.asking(async () => {
    const { rowCount } = await database.pool.query({
      name: "enqueue",
      text: `with waiting as materialized (
          select count(*) as all, count(*) filter (where namespace = $3) as own, coalesce(sum(bytes), 0) as bytes
          from douane.examination where ended_at is null and (judged_by = $12) = ($2 = $12)),
        written as (
          insert into douane.examination as e (key, judged_by, namespace, subject, bytes, is_again, turn)
          select $1, $2, $3, $4, $5::int, $6::boolean, greatest(
            (select min(turn) from douane.examination
              where ended_at is null and judged_by = $2 and is_again = $6),
            (select max(turn) + 1 from douane.examination
              where ended_at is null and namespace = $3 and is_again = $6 and (judged_by = $12) = ($2 = $12)), 0)
          from waiting where own < $7::int and waiting.all < $8::int and waiting.bytes + $5::int <= $9::bigint
            and not exists (select from douane.verdict where key = $1 and judged_at > $11::timestamptz
              and judged_at <= now() + interval '5 minutes')
          on conflict (key) do update set judged_by = excluded.judged_by, namespace = excluded.namespace,
            subject = excluded.subject, bytes = excluded.bytes, is_again = excluded.is_again, turn = excluded.turn,
            asked_at = now(), attempts = 0, examiner = null, lease_until = null, ended_at = null, examined = null
          where e.ended_at < now() - $10::int * interval '1 ms' or (e.is_again and not excluded.is_again and e.ended_at is null
            and e.examiner is null)
          returning 1)
        select pg_notify('${ASKED}', $2) from written`,
      values: [
        id,
        judgedBy,
        searchable(namespace),
        body,
        Buffer.byteLength(body),
        isAgain,
        BOUNDS.ofNamespace,
        BOUNDS.ofAll,
        BOUNDS.bytes,
        judgedBy === TRIALS ? TRIED_MS : PROBLEM_MS,
        seen,
        TRIALS,
      ],
    });
    if (rowCount === 1) return { kind: "waits" };
    const [place] = await placesOf(database, [id]);
    if (place === undefined) return { kind: (await isNewer(database, id, seen)) ? "waits" : "full" };
    const { examined } = place;
    return examined === undefined ? { kind: "waits" } : { kind: "ended", examined };
  });
}

/** Test for a verdict that is newer than the one that the requester saw: the examination ended meanwhile. */
async function isNewer({ pool }: Database, id: string, seen: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    "select from douane.verdict where key = $1 and judged_at > $2::timestamptz",
    [id, seen],
  );
  return rowCount === 1;
}

/** Row of an examination; `examined` is set if the examination ended without a complete verdict. */
export interface PlaceRow {
  readonly key: string;
  readonly examined?: Examined;
}

/**
 * Rows of examinations; an examination that ended with a complete verdict has none.
 *
 * @throws as databaseError()
 */
export async function placesOf(
  { pool, asking }: Database,
  ids: readonly string[],
): Promise<readonly PlaceRow[]> {
  const { rows } = await asking(() =>
    pool.query<{ key: string; examined: string | null }>({
      name: "places",
      text: "select key, examined from douane.examination where key = any($1)",
      values: [ids],
    }),
  );
  return rows.map(({ key, examined }) => ({
    key,
    ...(examined === null ? {} : { examined: JSON.parse(examined) as Examined }),
  }));
}

/**
 * Waiting and running examinations.
 *
 * @param by as Examinations.state(); absent: with whatever documents, trials included
 * @throws as databaseError()
 */
export async function queueState({ pool, asking }: Database, by?: JudgingDigests): Promise<QueueState> {
  const { rows } = await asking(() =>
    pool.query<{ waiting: number; running: number; oldest: number }>(
      `select count(*) filter (where lease_until is null or lease_until < now())::int as waiting,
          count(*) filter (where lease_until >= now())::int as running,
          coalesce(extract(epoch from now() - min(asked_at)), 0)::float8 as oldest
        from douane.examination
        where ended_at is null and ($1::text is null or (judged_by = $1 and not is_again))`,
      [by === undefined ? null : judgedByDigest(by)],
    ),
  );
  const { waiting, running, oldest } = rows[0] ?? { waiting: 0, running: 0, oldest: 0 };
  return { waiting, running, oldestSeconds: Math.max(0, oldest) };
}
