import { type Kysely, sql } from "kysely";
import { LIMITS } from "../../contract/limits.ts";
import type { Database } from "./database/connect.ts";
import type { Tables } from "./database/schema.ts";

/** Days after which unused rows are removed. */
export interface RetentionDays {
  /**
   * Days for verdicts by which no workload was admitted and no pod runs, and for evidence of images that no
   * verdict names.
   */
  readonly unused: number;
  /** Days for workloads that were not admitted again; their pods may still be running. */
  readonly workloads: number;
  /**
   * Days for requested examinations: after a change of policy or data nobody takes those that wait, and a pod
   * that still waits requests its examination again.
   */
  readonly requests: number;
  /** Days for given notices; none is about a day that is further away. */
  readonly notices: number;
}

const RETENTION_DAYS: RetentionDays = { unused: 90, workloads: 400, requests: 1, notices: 30 };

/** Rows that were removed. */
export interface Removed {
  readonly workloads: number;
  readonly verdicts: number;
  readonly evidence: number;
}

/**
 * Removes unused rows. The audit log, and the policies, rules and data that its decisions name, are kept for
 * ever: removing entries in the middle of a chain would break it.
 *
 * @throws as databaseError()
 */
export async function removeUnused(
  { tables, asking }: Database,
  now: Date,
  days: RetentionDays = RETENTION_DAYS,
): Promise<Removed> {
  const unused = before(now, days.unused);
  return asking(() =>
    tables.transaction().execute(async (transaction) => {
      const workloads =
        await sql`delete from douane.workload where seen_at < ${before(now, days.workloads)}`.execute(
          transaction,
        );
      const verdicts = await sql`delete from douane.verdict v where judged_at < ${unused}
        and not exists (select from douane.workload w where w.key = v.key)
        and not exists (select from douane.running_pod p where p.key = v.key)`.execute(transaction);
      await sql`delete from douane.admitted_start s where admitted_at < ${before(now, days.workloads)}
        and not exists (select from douane.running_pod p where p.namespace = s.namespace and p.start = s.start)`.execute(
        transaction,
      );
      await sql`delete from douane.subject s
        where not exists (select from douane.verdict v where v.subject = s.digest)
        and not exists (select from douane.running_pod p where p.subject = s.digest)`.execute(transaction);
      await sql`delete from douane.reported_verdict r
        where not exists (select from douane.running_pod p where p.subject = r.subject)
        and not exists (select from douane.subject s where s.digest = r.subject)`.execute(transaction);
      await sql`delete from douane.grace_period g where until < ${unused}
        and not exists (select from douane.running_pod p where p.subject = g.subject)`.execute(transaction);
      await sql`delete from douane.notice where given_at < ${before(now, days.notices)}`.execute(transaction);
      const evidence = await sql`delete from douane.evidence e where collected_at < ${unused}
        and not exists (select from douane.verdict_image i where i.digest = e.digest)`.execute(transaction);
      await sql`delete from douane.examination where coalesce(ended_at, asked_at) < ${before(now, days.requests)}
        and (lease_until is null or lease_until < ${now})`.execute(transaction);
      await removeOfImages(transaction, now);
      return { workloads: count(workloads), verdicts: count(verdicts), evidence: count(evidence) };
    }),
  );
}

/**
 * Removes evidence and comparisons that count no longer, or that no verdict names. A verdict is stored after its
 * evidence, within a day.
 */
async function removeOfImages(transaction: Kysely<Tables>, now: Date): Promise<void> {
  const [old, recent] = [before(now, LIMITS.storedEvidenceDays), before(now, 1)];
  await sql`delete from douane.image_evidence e where collected_at < ${old} or (collected_at < ${recent}
    and not exists (select from douane.verdict_image i where i.digest = e.digest))`.execute(transaction);
  await sql`delete from douane.image_answers a where judged_at < ${old} or (judged_at < ${recent}
    and not exists (select from douane.verdict_image i where i.digest = a.digest))`.execute(transaction);
  await sql`delete from douane.data_answer d where not exists (
    select from (select distinct unnest(answers) as id from douane.image_answers) used where used.id = d.id)`.execute(
    transaction,
  );
}

function count({ numAffectedRows = 0n }: { readonly numAffectedRows?: bigint }): number {
  return Number(numAffectedRows);
}

function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
