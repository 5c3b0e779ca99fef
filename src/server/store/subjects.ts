import type { Subject } from "../admission/subject.ts";
import { searchable } from "../audit/entry.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { RunningSubject, RunningSubjects, StoredVerdict } from "../ports.ts";
import type { Database } from "./database/connect.ts";
import { latest } from "./latest-time.ts";
import { reportedChanges } from "./reported-changes.ts";

/** Maximum number of remembered subjects, which need no second write. */
const REMEMBERED = 50_000;
/** Maximum number of subjects of one query. */
const MOST = 100_000;

/** Judged forms of subjects, stored so that they can be judged again. */
export function storedSubjects(database: Database): RunningSubjects {
  const { pool, asking } = database;
  const written = new BoundedMap<true>(REMEMBERED);
  return {
    ...reportedChanges(database),
    async keepSubject({ digest, object }: Subject, namespace: string) {
      if (written.get(digest) === true) return;
      await asking(() =>
        pool.query({
          name: "keep-subject",
          text: "insert into douane.subject (digest, namespace, body) values ($1, $2, $3) on conflict do nothing",
          values: [digest, searchable(namespace), Buffer.from(JSON.stringify(object))],
        }),
      );
      written.set(digest, true);
    },
    async outdated({ policy, rules, data }, since, now) {
      const { rows } = await asking(() =>
        pool.query<{ subject: string }>(
          `select distinct p.subject from douane.running_pod p
            join douane.subject s on s.digest = p.subject
            where not exists (select from douane.verdict v where v.subject = p.subject
              and v.policy = $1 and v.rules = $2 and v.data is not distinct from $3
              and v.judged_at between $4 and $5)
            order by 1 limit ${MOST}`,
          [policy, rules, data ?? null, since, latest(now)],
        ),
      );
      return rows.map(({ subject }) => subject);
    },
    async running() {
      const { rows } = await asking(() =>
        pool.query<{ subject: string }>(
          `select distinct p.subject from douane.running_pod p
            join douane.subject s on s.digest = p.subject order by 1 limit ${MOST}`,
        ),
      );
      return rows.map(({ subject }) => subject);
    },
    async withImages(digests) {
      if (digests.length === 0) return new Set();
      const { rows } = await asking(() =>
        pool.query<{ subject: string }>(
          `select distinct p.subject from douane.running_pod p cross join unnest(p.digests) d
            where p.subject is not null and d in (select unnest($1::text[]))`,
          [digests],
        ),
      );
      return new Set(rows.map(({ subject }) => subject));
    },
    async subject(digest, now) {
      const { rows } = await asking(() =>
        pool.query<SubjectRow>(
          `select s.namespace, s.body, v.body as newest, coalesce(r.body, a.body) as last, array(
              select distinct p.reference from douane.running_pod p
              where p.subject = s.digest limit 100) as workloads
            from douane.subject s
            left join lateral (select body from douane.verdict v where v.subject = s.digest
              and judged_at <= $2 order by judged_at desc limit 1) v on true
            left join douane.reported_verdict r on r.subject = s.digest
            left join lateral (select a.body from douane.verdict a join douane.running_pod p on p.key = a.key
              where p.subject = s.digest and a.admitted = 'yes' order by a.judged_at desc limit 1) a on true
            where s.digest = $1`,
          [digest, latest(now)],
        ),
      );
      return rows[0] === undefined ? undefined : subjectOf(digest, rows[0]);
    },
  };
}

interface SubjectRow {
  readonly namespace: string;
  readonly body: Buffer;
  readonly newest: string | null;
  readonly last: string | null;
  readonly workloads: readonly string[];
}

function subjectOf(digest: string, { namespace, body, newest, last, workloads }: SubjectRow): RunningSubject {
  return {
    subject: { digest, object: JSON.parse(body.toString("utf8")) } as RunningSubject["subject"],
    namespace,
    ...(last === null ? {} : { last: JSON.parse(last) as StoredVerdict }),
    ...(newest === null ? {} : { newest: JSON.parse(newest) as StoredVerdict }),
    workloads: workloads.map((one) => JSON.parse(one) as RunningSubject["workloads"][number]),
  };
}
