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
  /** Verdict as heldVerdict() makes it. */
  readonly verdict: (key: VerdictKey) => Promise<StoredVerdict | undefined>;
  /**
   * Whole verdict in the database now; memory is not used.
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
  async function read(id: string, key: VerdictKey): Promise<StoredVerdict | undefined> {
    try {
      const found = await readVerdict(database, key);
      return found === undefined ? undefined : memory.set(id, found);
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
    async newestVerdict(key) {
      const found = await readVerdict(database, key);
      if (found !== undefined) memory.set(keyDigest(key), found);
      return found;
    },
    async keepVerdict(verdict) {
      await writeVerdict(database, verdict);
      // The database keeps a newer verdict of another replica, so memory reads the verdict back.
      await read(keyDigest(verdict.key), verdict.key);
    },
  };
}
