import type { RunningStore, SeenPod } from "../ports.ts";
import type { Database } from "./database/connect.ts";
import { keyDigest } from "./verdicts/verdict-rows.ts";

/** Running pods, with their nodes and images. */
export function runningPods({
  pool,
  asking,
}: Database): Pick<RunningStore, "reportedOf" | "keepSeen" | "keepOnly"> {
  return {
    async reportedOf(uid) {
      const { rows } = await asking(() =>
        pool.query<{ findings: readonly string[] }>(
          "select findings from douane.running_pod where uid = $1",
          [uid],
        ),
      );
      return rows[0]?.findings ?? [];
    },
    async keepSeen(pods, gone) {
      if (pods.length > 0) {
        await asking(() =>
          pool.query({ name: "keep-seen", text: UPSERT, values: [JSON.stringify(pods.map(rowOf))] }),
        );
      }
      if (gone.length === 0) return;
      await asking(() => pool.query("delete from douane.running_pod where uid = any($1::text[])", [gone]));
    },
    async keepOnly(uids) {
      await asking(() =>
        pool.query("delete from douane.running_pod where not uid = any($1::text[])", [[...uids]]),
      );
    },
  };
}

function rowOf({ key, workload, ...pod }: SeenPod): object {
  return {
    ...pod,
    key: key === undefined ? null : keyDigest(key),
    subject: key?.subject ?? null,
    workload: `${workload.kind}/${workload.name}`,
    reference: JSON.stringify(workload),
  };
}

const UPSERT = `insert into douane.running_pod (uid, namespace, name, workload, reference, node, start, key, subject, digests, findings)
  select uid, namespace, name, workload, reference, node, start, key, subject, digests, findings
  from json_to_recordset($1::json) as r(uid text, namespace text, name text, workload text, reference text, node text, start text,
    key text, subject text, digests text[], findings text[])
  on conflict (uid) do update set name = excluded.name, workload = excluded.workload, reference = excluded.reference, node = excluded.node,
    start = excluded.start, key = excluded.key, subject = excluded.subject, digests = excluded.digests, findings = excluded.findings,
    seen_at = now()`;
