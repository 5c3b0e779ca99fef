import type { StoredVerdict, VerdictKey } from "../../ports.ts";
import type { Database } from "../database/connect.ts";
import { verdictMemory } from "./verdict-memory.ts";
import { keyDigest, readVerdict, writeVerdict } from "./verdict-rows.ts";

/** Maximum ages of verdicts answered from memory. */
export interface VerdictAges {
  /** Milliseconds without a query: another replica may have stored a newer verdict. */
  readonly freshMs: number;
  /** Milliseconds during an outage of the database. */
  readonly outageMs: number;
}

export const VERDICT_AGES: VerdictAges = { freshMs: 5_000, outageMs: 15 * 60_000 };

/** Store of verdicts, in memory and in the database. */
export interface VerdictStore {
  readonly verdict: (key: VerdictKey) => Promise<StoredVerdict | undefined>;
  /**
   * Verdict in the database now; memory is not used.
   *
   * @throws as databaseError()
   */
  readonly newestVerdict: (key: VerdictKey) => Promise<StoredVerdict | undefined>;
  readonly keepVerdict: (verdict: StoredVerdict) => Promise<void>;
}

/** @param now milliseconds of a monotonic clock */
export function verdictStore(
  database: Database,
  { freshMs, outageMs }: VerdictAges = VERDICT_AGES,
  now: () => number = () => performance.now(),
): VerdictStore {
  const memory = verdictMemory(now);
  const asked = new Map<string, Promise<StoredVerdict | undefined>>();
  async function newest(id: string, key: VerdictKey): Promise<StoredVerdict | undefined> {
    const found = await readVerdict(database, key);
    if (found !== undefined) memory.set(id, found);
    return found;
  }
  async function read(id: string, key: VerdictKey): Promise<StoredVerdict | undefined> {
    try {
      return await newest(id, key);
    } catch (error) {
      const known = memory.get(id, outageMs);
      if (known === undefined) throw error;
      return known;
    } finally {
      asked.delete(id);
    }
  }
  return {
    async verdict(key) {
      const id = keyDigest(key);
      const known = memory.get(id, freshMs);
      if (known !== undefined) return known;
      const reading = asked.get(id) ?? read(id, key);
      asked.set(id, reading);
      return reading;
    },
    newestVerdict: (key) => newest(keyDigest(key), key),
    async keepVerdict(verdict) {
      await writeVerdict(database, verdict);
      // The database keeps a newer verdict of another replica, so memory reads the verdict back.
      await read(keyDigest(verdict.key), verdict.key);
    },
  };
}
