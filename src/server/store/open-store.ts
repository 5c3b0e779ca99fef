import type { Decision, Store } from "../ports.ts";
import type { Database } from "./database/connect.ts";
import { decisionLog } from "./decisions/decision-log.ts";
import { isReady } from "./health.ts";
import { openDatabase, type StorePlace } from "./open-database.ts";
import { VERDICT_AGES, type VerdictAges, verdictStore } from "./verdicts/verdict-store.ts";
import { admittedWorkloads } from "./workloads.ts";

export interface StoreOptions {
  /** Version of douane, written in every entry of the audit log. */
  readonly douane: string;
  readonly ages?: VerdictAges;
}

/** The store in PostgreSQL. */
export interface PostgresStore extends Store {
  readonly database: Database;
  /** Writes the repeats counted since the last minute. */
  flush(): Promise<void>;
}

/** Milliseconds between two writes of the workloads that were admitted. */
const WORKLOADS_MS = 60_000;

/**
 * Opens the store: starts its embedded PostgreSQL, if any, and migrates its schema.
 *
 * @throws as openDatabase()
 */
export async function openStore(
  place: StorePlace,
  { douane, ages = VERDICT_AGES }: StoreOptions,
): Promise<PostgresStore> {
  const { database, close } = await openDatabase(place);
  const log = decisionLog(database, douane);
  const workloads = admittedWorkloads(database);
  const verdicts = verdictStore(database, ages);
  const timer = setInterval(() => void workloads.write().catch(() => undefined), WORKLOADS_MS);
  timer.unref();
  async function flush(): Promise<void> {
    await log.flush();
    await workloads.write();
  }
  return {
    database,
    ...verdicts,
    async record(decision: Decision) {
      await log.record(decision);
      workloads.note(decision);
    },
    isReady: () => isReady(database),
    flush,
    async close() {
      clearInterval(timer);
      await log.close();
      await workloads.write().catch(() => undefined);
      await close();
    },
  };
}
