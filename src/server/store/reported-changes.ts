import type { RunningSubjects } from "../ports.ts";
import type { Database } from "./database/connect.ts";
import { latest } from "./latest-time.ts";

/** Maximum number of subjects of one query. */
const MOST = 100_000;

/** Verdicts whose changes were reported, and notices that were given. */
export function reportedChanges({
  pool,
  asking,
}: Database): Pick<RunningSubjects, "unreported" | "keepReported" | "newNotices" | "keepNotices"> {
  return {
    async unreported({ policy, rules, data }, now) {
      const { rows } = await asking(() =>
        pool.query<{ subject: string }>(
          `select distinct p.subject from douane.running_pod p
            join douane.subject s on s.digest = p.subject
            join douane.verdict v on v.subject = p.subject
              and v.policy = $1 and v.rules = $2 and v.data is not distinct from $3
              and v.judged_at <= $4
            where not exists (select from douane.reported_verdict r
              where r.subject = p.subject and r.judged_at between v.judged_at and $4)
            order by 1 limit ${MOST}`,
          [policy, rules, data ?? null, latest(now)],
        ),
      );
      return rows.map(({ subject }) => subject);
    },
    async keepReported(verdict) {
      await asking(() =>
        pool.query({
          name: "keep-reported",
          text: `insert into douane.reported_verdict (subject, judged_at, body) values ($1, $2, $3)
            on conflict (subject) do update set judged_at = excluded.judged_at, body = excluded.body`,
          values: [verdict.key.subject, verdict.judgedAt, JSON.stringify(verdict)],
        }),
      );
    },
    async newNotices(ids) {
      if (ids.length === 0) return new Set();
      const { rows } = await asking(() =>
        pool.query<{ id: string }>(
          `select id from unnest($1::text[]) asked (id)
            where not exists (select from douane.notice n where n.id = asked.id)`,
          [ids],
        ),
      );
      return new Set(rows.map(({ id }) => id));
    },
    async keepNotices(ids) {
      if (ids.length === 0) return;
      await asking(() =>
        pool.query(
          "insert into douane.notice (id) select unnest($1::text[]) on conflict (id) do update set given_at = now()",
          [ids],
        ),
      );
    },
  };
}
