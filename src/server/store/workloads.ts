import { sql } from "kysely";
import type { Decision } from "../ports.ts";
import type { Database } from "./database/connect.ts";
import { keyDigest } from "./verdicts/verdict-rows.ts";

/** Admitted workloads, collected until they are written. */
export interface AdmittedWorkloads {
  note(decision: Decision): void;
  /**
   * Writes the collected workloads.
   *
   * @throws as databaseError()
   */
  write(): Promise<void>;
}

/** Verdict by which each workload was last admitted; retention keeps it as long as the row of the workload. */
export function admittedWorkloads({ tables, asking }: Database): AdmittedWorkloads {
  const noted = new Map<string, { namespace: string; workload: string; key: string; seen_at: Date }>();
  return {
    note({ kind, namespace, owner, resource, name, key, at }) {
      if (kind !== "admitted" || key === undefined) return;
      const workload = owner ?? `${resource}/${name}`;
      noted.set(`${namespace}/${workload}`, {
        namespace,
        workload,
        key: keyDigest(key),
        seen_at: new Date(at),
      });
    },
    async write() {
      const rows = [...noted.values()];
      if (rows.length === 0) return;
      await asking(() =>
        tables
          .insertInto("douane.workload")
          .columns(["namespace", "workload", "key", "seen_at"])
          .expression(
            sql`select * from json_to_recordset(${JSON.stringify(rows)}::json)
              as r(namespace text, workload text, key text, seen_at timestamptz)`,
          )
          .onConflict((conflict) =>
            conflict.columns(["namespace", "workload"]).doUpdateSet((of) => ({
              key: of.ref("excluded.key"),
              seen_at: of.ref("excluded.seen_at"),
            })),
          )
          .execute(),
      );
      for (const row of rows) {
        const place = `${row.namespace}/${row.workload}`;
        if (noted.get(place) === row) noted.delete(place);
      }
    },
  };
}
