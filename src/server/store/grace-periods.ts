import { searchable } from "../audit/entry.ts";
import type { GracePeriod, GraceStore } from "../grace-store.ts";
import type { Database } from "./database/connect.ts";

/** Maximum number of grace periods of one answer. */
const MOST = 10_000;

interface Row {
  readonly body: string;
}

/** Grace periods in PostgreSQL. */
export function storedGracePeriods({ pool, asking }: Database): GraceStore {
  return {
    async gracePeriod(namespace, subject) {
      const { rows } = await asking(() =>
        pool.query<Row>("select body from douane.grace_period where namespace = $1 and subject = $2", [
          searchable(namespace),
          subject,
        ]),
      );
      return rows[0] === undefined ? undefined : (JSON.parse(rows[0].body) as GracePeriod);
    },
    async gracePeriods(namespace, now) {
      const { rows } = await asking(() =>
        pool.query<Row>(
          `select body from douane.grace_period where namespace = $1 and until > $2
            order by until, subject limit ${MOST}`,
          [searchable(namespace), now],
        ),
      );
      return rows.map(({ body }) => JSON.parse(body) as GracePeriod);
    },
    async endsByHour(from, to, { namespace, subject }) {
      const { rows } = await asking(() =>
        pool.query<{ hour: number; ends: number }>(
          `select floor(extract(epoch from until) / 3600)::int as hour, count(*)::int as ends
            from douane.grace_period where until >= $1 and until < $2
            and not (namespace = $3 and subject = $4) group by 1`,
          [from, to, searchable(namespace), subject],
        ),
      );
      return new Map(rows.map(({ hour, ends }) => [hour, ends]));
    },
    async keepGracePeriod(period) {
      const { namespace, subject, until } = period;
      await asking(() =>
        pool.query(
          `insert into douane.grace_period (namespace, subject, until, body) values ($1, $2, $3, $4)
            on conflict (namespace, subject) do update set until = excluded.until, body = excluded.body`,
          [searchable(namespace), subject, until, JSON.stringify(period)],
        ),
      );
    },
  };
}
