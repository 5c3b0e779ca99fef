import type { Subject } from "../admission/subject.ts";
import type { Database } from "./database/connect.ts";

/** An admitted subject, with its known workloads. */
export interface KeptSubject {
  readonly subject: Subject;
  readonly namespace: string;
  /** `Kind/name`, sorted; empty if none is known any more. */
  readonly workloads: readonly string[];
}

/** Subjects of one query. */
const PAGE = 100;

/**
 * Every subject in the store, by namespace, with the workloads of its running pods; without running pods, with the
 * workloads that were admitted last.
 *
 * @throws as databaseError()
 */
export async function* keptSubjects({ pool, asking }: Database): AsyncGenerator<KeptSubject> {
  let after: readonly [namespace: string, digest: string] = ["", ""];
  for (;;) {
    const { rows } = await asking(() =>
      pool.query<{ digest: string; namespace: string; body: Buffer; workloads: readonly string[] }>(
        `select s.digest, s.namespace, s.body, coalesce(
            (select array_agg(distinct p.workload order by p.workload) from douane.running_pod p
              join douane.verdict v on v.key = p.key where v.subject = s.digest),
            (select array_agg(distinct w.workload order by w.workload) from douane.workload w
              join douane.verdict v on v.key = w.key where v.subject = s.digest and w.namespace = s.namespace),
            '{}') as workloads
          from douane.subject s where (s.namespace, s.digest) > ($1, $2)
          order by s.namespace, s.digest limit ${PAGE}`,
        [...after],
      ),
    );
    for (const { digest, namespace, body, workloads } of rows) {
      const object = JSON.parse(body.toString("utf8")) as Subject["object"];
      yield { subject: { digest, object } as Subject, namespace, workloads };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = [last.namespace, last.digest];
  }
}
